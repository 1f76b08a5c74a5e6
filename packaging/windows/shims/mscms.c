/* Laboratory only: wine 8 ends a program that asks for the colour profile of a screen. Here no screen has one. */
#include <windows.h>

__declspec(dllexport) BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, PBYTE buffer, PDWORD length)
{
    return FALSE;
}

__declspec(dllexport) BOOL WINAPI CloseColorProfile(HANDLE profile)
{
    return TRUE;
}

__declspec(dllexport) HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options)
{
    return NULL;
}

__declspec(dllexport) HANDLE WINAPI OpenColorProfileW(PVOID profile, DWORD access, DWORD share, DWORD creation)
{
    return NULL;
}
