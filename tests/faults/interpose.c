/* Stands between the program and the C library (LD_PRELOAD): every call that changes files below one folder
 * is counted, and at a chosen one the process dies, the call fails, or only half of it is done. With a log,
 * each call that was carried out is written down, so that a power cut can be replayed from it.
 *
 * The files of shared memory (-shm) are left out: they never have to reach a disk.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum mode { NOTHING, KILL, TEAR, FAIL, FAIL_ON, SHORTEN };
enum act { GO_ON, FAILED, HALF_THEN_DIE, HALF };

static volatile long seen, fired, target;
static int mode, code, logged = -1;
static char folder[PATH_MAX];

void faults_arm(const char *where, long at, int how, int error, const char *log) {
    strncpy(folder, where, sizeof folder - 1);
    seen = fired = 0;
    target = at;
    mode = how;
    code = error;
    if (*log) logged = fcntl(open(log, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600), F_DUPFD_CLOEXEC, 200);
}
void faults_rest(void) { folder[0] = 0; }
long faults_seen(void) { return seen; }
long faults_fired(void) { return fired; }

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

static int below(const char *path, char *whole) {
    if (!folder[0] || !path) return 0;
    if (path[0] == '/') snprintf(whole, PATH_MAX, "%s", path);
    else {
        if (!getcwd(whole, PATH_MAX)) return 0;
        size_t n = strlen(whole);
        snprintf(whole + n, PATH_MAX - n, "/%s", path);
    }
    size_t n = strlen(folder), all = strlen(whole);
    if (strncmp(whole, folder, n) || (whole[n] && whole[n] != '/')) return 0;
    return all < 4 || strcmp(whole + all - 4, "-shm");
}

static int handle_below(int handle, char *whole) {
    char link[64], path[PATH_MAX];
    if (!folder[0] || handle < 0 || handle == logged) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    char *gone = strstr(path, " (deleted)");
    if (gone) *gone = 0;
    return below(path, whole);
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

enum kind { OTHER, WRITES, FREES };

static enum act meet(enum kind kind) {
    long now = __sync_add_and_fetch(&seen, 1);
    if (!target || mode == NOTHING) return GO_ON;
    if (mode == FAIL_ON ? now < target : now != target) return GO_ON;
    /* A full disk never refuses to give room back. */
    if (kind == FREES && code == ENOSPC) return GO_ON;
    fired++;
    switch (mode) {
    case KILL: die();
    case TEAR: if (kind == WRITES) return HALF_THEN_DIE; die();
    case SHORTEN: return kind == WRITES ? HALF : GO_ON;
    default: errno = code; return FAILED;
    }
}

static void note(char what, const char *path, const char *other, int64_t at, const void *data, int64_t size) {
    if (logged < 0) return;
    static __typeof__(write) *put;
    if (!put) put = dlsym(RTLD_NEXT, "write");
    struct __attribute__((packed)) { char what; int32_t path, other; int64_t at, size; } head =
        { what, (int32_t)strlen(path), (int32_t)strlen(other), at, size };
    if (put(logged, &head, sizeof head) < 0 || put(logged, path, head.path) < 0) return;
    if (head.other && put(logged, other, head.other) < 0) return;
    if (size && put(logged, data, size) < 0) return;
}

ssize_t write(int handle, const void *data, size_t size) {
    REAL(write);
    char path[PATH_MAX];
    if (!handle_below(handle, path)) return real(handle, data, size);
    enum act act = meet(WRITES);
    if (act == FAILED) return -1;
    if (act == HALF_THEN_DIE) { if (real(handle, data, size / 2) < 0) die(); die(); }
    if (act == HALF && size > 1) size /= 2;
    int64_t at = lseek(handle, 0, SEEK_CUR);
    ssize_t done = real(handle, data, size);
    if (done > 0) note('w', path, "", at, data, done);
    return done;
}

static ssize_t place(int handle, const void *data, size_t size, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    char path[PATH_MAX];
    if (!handle_below(handle, path)) return real(handle, data, size, at);
    enum act act = meet(WRITES);
    if (act == FAILED) return -1;
    if (act == HALF_THEN_DIE) { if (real(handle, data, size / 2, at) < 0) die(); die(); }
    if (act == HALF && size > 1) size /= 2;
    ssize_t done = real(handle, data, size, at);
    if (done > 0) note('w', path, "", at, data, done);
    return done;
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t at) { return place(handle, data, size, at); }
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) { return place(handle, data, size, at); }

#define SYNC(name) int name(int handle) { \
    REAL(name); char path[PATH_MAX]; \
    if (!handle_below(handle, path)) return real(handle); \
    if (meet(OTHER) == FAILED) return -1; \
    int done = real(handle); if (!done) note('s', path, "", 0, "", 0); return done; }
SYNC(fsync)
SYNC(fdatasync)

static int cut(int handle, off64_t size) {
    static int (*real)(int, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
    char path[PATH_MAX];
    if (!handle_below(handle, path)) return real(handle, size);
    if (meet(FREES) == FAILED) return -1;
    int done = real(handle, size);
    if (!done) note('t', path, "", size, "", 0);
    return done;
}
int ftruncate(int handle, off_t size) { return cut(handle, size); }
int ftruncate64(int handle, off64_t size) { return cut(handle, size); }

int unlink(const char *name) {
    REAL(unlink);
    char path[PATH_MAX];
    struct stat there;
    if (!below(name, path) || lstat(name, &there)) return real(name);
    if (meet(FREES) == FAILED) return -1;
    int done = real(name);
    if (!done) note('u', path, "", 0, "", 0);
    return done;
}
int unlinkat(int at, const char *name, int flags) {
    REAL(unlinkat);
    return at == AT_FDCWD && !flags ? unlink(name) : real(at, name, flags);
}

#define PAIR(name, mark) int name(const char *from, const char *to) { \
    REAL(name); char old[PATH_MAX], path[PATH_MAX]; \
    if (!below(to, path)) return real(from, to); \
    if (!below(from, old)) snprintf(old, PATH_MAX, "%s", from); \
    if (meet(OTHER) == FAILED) return -1; \
    int done = real(from, to); if (!done) note(mark, old, path, 0, "", 0); return done; }
PAIR(rename, 'r')
PAIR(link, 'l')
int renameat(int a, const char *from, int b, const char *to) {
    REAL(renameat);
    return a == AT_FDCWD && b == AT_FDCWD ? rename(from, to) : real(a, from, b, to);
}
int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(linkat);
    return a == AT_FDCWD && b == AT_FDCWD ? link(from, to) : real(a, from, b, to, flags);
}

int mkdir(const char *name, mode_t rights) {
    REAL(mkdir);
    char path[PATH_MAX];
    struct stat there;
    if (!below(name, path) || !stat(name, &there)) return real(name, rights);
    if (meet(OTHER) == FAILED) return -1;
    int done = real(name, rights);
    if (!done) note('m', path, "", 0, "", 0);
    return done;
}

static int make(const char *name, int flags, mode_t rights) {
    static int (*real)(const char *, int, ...);
    if (!real) real = dlsym(RTLD_NEXT, "open64");
    char path[PATH_MAX];
    struct stat there;
    if (!(flags & (O_CREAT | O_TRUNC)) || !below(name, path)) return real(name, flags, rights);
    int known = !lstat(name, &there);
    if (known && (!(flags & O_TRUNC) || !there.st_size)) return real(name, flags, rights);
    if (meet(OTHER) == FAILED) return -1;
    int done = real(name, flags, rights);
    if (done >= 0) note(known ? 't' : 'c', path, "", 0, "", 0);
    return done;
}
#define RIGHTS mode_t rights = 0; if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list more; va_start(more, flags); rights = va_arg(more, mode_t); va_end(more); }
int open(const char *name, int flags, ...) { RIGHTS return make(name, flags, rights); }
int open64(const char *name, int flags, ...) { RIGHTS return make(name, flags, rights); }
static int make_at(int at, const char *name, int flags, mode_t rights) {
    static int (*real)(int, const char *, int, ...);
    if (!real) real = dlsym(RTLD_NEXT, "openat64");
    return at == AT_FDCWD || name[0] == '/' ? make(name, flags, rights) : real(at, name, flags, rights);
}
int openat(int at, const char *name, int flags, ...) { RIGHTS return make_at(at, name, flags, rights); }
int openat64(int at, const char *name, int flags, ...) { RIGHTS return make_at(at, name, flags, rights); }
