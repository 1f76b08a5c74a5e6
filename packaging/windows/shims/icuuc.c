/* Laboratory only: wine 8 has no icuuc.dll, in which Qt looks for legacy encodings. Here there are none. */
typedef int Error;
typedef unsigned short Character;
typedef void Converter;

#define EXPORTED __declspec(dllexport)
#define UNSUPPORTED 16

static void refuse(Error *error)
{
    if (error)
        *error = UNSUPPORTED;
}

EXPORTED Converter *ucnv_open(const char *name, Error *error)
{
    refuse(error);
    return 0;
}

EXPORTED const char *ucnv_getName(const Converter *converter, Error *error)
{
    refuse(error);
    return 0;
}

EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, Error *error)
{
    refuse(error);
    return 0;
}

EXPORTED int ucnv_toUCountPending(const Converter *converter, Error *error)
{
    refuse(error);
    return 0;
}

EXPORTED int ucnv_fromUCountPending(const Converter *converter, Error *error)
{
    refuse(error);
    return 0;
}

EXPORTED void ucnv_setToUCallBack(void *converter, void *action, void *context, void *old, void *old_context, Error *error)
{
    refuse(error);
}

EXPORTED void ucnv_setFromUCallBack(void *converter, void *action, void *context, void *old, void *old_context, Error *error)
{
    refuse(error);
}

EXPORTED void ucnv_cbToUWriteUChars(void *arguments, const Character *source, int length, int offset, Error *error)
{
    refuse(error);
}

EXPORTED void ucnv_cbFromUWriteUChars(void *arguments, const Character **source, const Character *end, int offset, Error *error)
{
    refuse(error);
}

EXPORTED void ucnv_toUnicode(void *converter, void *target, void *target_end, void *source, void *source_end, void *offsets, signed char flush, Error *error)
{
    refuse(error);
}

EXPORTED void ucnv_fromUnicode(void *converter, void *target, void *target_end, void *source, void *source_end, void *offsets, signed char flush, Error *error)
{
    refuse(error);
}

EXPORTED void ucnv_close(Converter *converter) {}
EXPORTED void ucnv_reset(Converter *converter) {}
EXPORTED void ucnv_getToUCallBack(void *converter, void *action, void *context) {}
EXPORTED void ucnv_getFromUCallBack(void *converter, void *action, void *context) {}
EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED signed char ucnv_getMaxCharSize(const Converter *converter) { return 1; }
EXPORTED const char *ucnv_getAvailableName(int index) { return 0; }
EXPORTED int ucnv_countAvailable(void) { return 0; }
