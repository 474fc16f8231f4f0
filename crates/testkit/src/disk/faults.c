/*
 * A disk that fails when a test says so. Loaded before the C library, it stands before the calls that a database makes on
 * its files. Files whose path holds $DISK_FAULTS_ON are concerned; what fails is named by the words in the file
 * $DISK_FAULTS, which is read with every call:
 *
 *   full   nothing more can be written (ENOSPC)
 *   torn   half of a page is written, and then the disk is full
 *   short  half of what is asked for is written at once, which is lawful
 *   sync   what was written cannot be made durable (EIO)
 *   read   nothing can be read (EIO)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Less than a page, and more than what is left of one that was torn. */
#define WHOLE 2049

static int is_told(const char *word) {
    const char *path = getenv("DISK_FAULTS");
    char words[64];
    if (path == NULL)
        return 0;
    int before = errno;
    long file = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        errno = before;
        return 0;
    }
    long length = syscall(SYS_read, file, words, sizeof words - 1);
    syscall(SYS_close, file);
    errno = before;
    words[length > 0 ? length : 0] = '\0';
    return strstr(words, word) != NULL;
}

static int is_concerned(int file) {
    const char *part = getenv("DISK_FAULTS_ON");
    char link[32], path[4096];
    if (part == NULL)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    int before = errno;
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    errno = before;
    path[length > 0 ? length : 0] = '\0';
    return strstr(path, part) != NULL;
}

static int fails(int file, const char *word, int error) {
    if (!is_told(word) || !is_concerned(file))
        return 0;
    errno = error;
    return 1;
}

/* How much of a write is let through; -1 for none. */
static ssize_t admitted(int file, size_t size) {
    if (fails(file, "full", ENOSPC))
        return -1;
    if (is_told("torn") && is_concerned(file)) {
        if (size >= WHOLE)
            return (ssize_t)(size / 2);
        errno = ENOSPC;
        return -1;
    }
    if (size > 1 && is_told("short") && is_concerned(file))
        return (ssize_t)(size / 2);
    return (ssize_t)size;
}

ssize_t write(int file, const void *bytes, size_t size) {
    ssize_t part = admitted(file, size);
    return part < 0 ? -1 : syscall(SYS_write, file, bytes, part);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at) {
    ssize_t part = admitted(file, size);
    return part < 0 ? -1 : syscall(SYS_pwrite64, file, bytes, part, at);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
    return pwrite64(file, bytes, size, at);
}

int ftruncate64(int file, off64_t size) {
    int is_full = fails(file, "full", ENOSPC) || fails(file, "torn", ENOSPC);
    return is_full ? -1 : (int)syscall(SYS_ftruncate, file, size);
}

int ftruncate(int file, off_t size) {
    return ftruncate64(file, size);
}

int fsync(int file) {
    return fails(file, "sync", EIO) ? -1 : (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    return fails(file, "sync", EIO) ? -1 : (int)syscall(SYS_fdatasync, file);
}

ssize_t read(int file, void *bytes, size_t size) {
    return fails(file, "read", EIO) ? -1 : syscall(SYS_read, file, bytes, size);
}

ssize_t pread64(int file, void *bytes, size_t size, off64_t at) {
    return fails(file, "read", EIO) ? -1 : syscall(SYS_pread64, file, bytes, size, at);
}

ssize_t pread(int file, void *bytes, size_t size, off_t at) {
    return pread64(file, bytes, size, at);
}
