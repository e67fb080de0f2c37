/* A disk that fails, for one process: preloaded before libc, it stands between whatever writes (SQLite, tantivy,
 * Chroma) and the files under one folder. `fault_arm` says from which call on what goes wrong:
 *   1 a write is cut short once     2 a write says EIO once      3 no room from now on
 *   4 the power fails: what was not synced is taken back, or stays, by chance, and the process ends
 *   5 as 4, on a disk whose fsync had done nothing since it was armed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

struct undo { char path[PATH_MAX]; off_t at; size_t length; off_t size; int synced; char *old; struct undo *next; };

static struct undo *undone;
static char root[PATH_MAX];
static int kind, armed;
static long left;
static unsigned int chance;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void find(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
}

void fault_arm(const char *folder, int what, long after, unsigned int seed) {
    snprintf(root, sizeof root, "%s", folder);
    kind = what; left = after; chance = seed; armed = 1;
}

int fault_struck(void) { return armed && left < 0; }

static int inside(int file, char *path) {
    char link[64];
    if (!armed) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strncmp(path, root, strlen(root)) == 0 && !strstr(path, "-shm");
}

static void power_cut(void) {
    for (struct undo *one = undone; one; one = one->next) {
        if (one->synced || rand_r(&chance) % 3 == 0) continue;
        int file = open(one->path, O_RDWR);
        if (file < 0) continue;
        if (one->length) real_pwrite(file, one->old, one->length, one->at);
        real_ftruncate(file, one->size);
        close(file);
    }
    _exit(77);
}

static void remember(int file, const char *path, off_t at, size_t count) {
    if (kind < 4) return;
    struct undo *one = calloc(1, sizeof *one);
    off_t here = lseek(file, 0, SEEK_CUR);
    snprintf(one->path, sizeof one->path, "%s", path);
    one->size = lseek(file, 0, SEEK_END);
    lseek(file, here, SEEK_SET);
    one->at = at;
    if (at < one->size) {
        one->length = (size_t)(one->size - at) < count ? (size_t)(one->size - at) : count;
        one->old = malloc(one->length);
        int reader = open(path, O_RDONLY);
        if (reader < 0 || pread(reader, one->old, one->length, at) != (ssize_t)one->length) one->length = 0;
        if (reader >= 0) close(reader);
    }
    one->next = undone;
    undone = one;
}

/* Returns 0 to go on, 1 for a short write, -1 for an error. */
static int strikes(size_t count) {
    if (left-- > 0) return 0;
    if (kind >= 4) power_cut();
    if (kind == 3) { errno = ENOSPC; return -1; }
    if (left < -1) return 0;
    if (kind == 2) { errno = EIO; return -1; }
    return count > 1;
}

ssize_t write(int file, const void *data, size_t count) {
    char path[PATH_MAX];
    if (!inside(file, path)) return real_write(file, data, count);
    pthread_mutex_lock(&guard);
    int how = strikes(count);
    if (how >= 0) {
        int flags = fcntl(file, F_GETFL);
        remember(file, path, lseek(file, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR), count);
    }
    ssize_t done = how < 0 ? -1 : real_write(file, data, how ? count / 2 : count);
    pthread_mutex_unlock(&guard);
    return done;
}

ssize_t pwrite64(int file, const void *data, size_t count, off_t at) {
    char path[PATH_MAX];
    if (!inside(file, path)) return real_pwrite(file, data, count, at);
    pthread_mutex_lock(&guard);
    int how = strikes(count);
    if (how >= 0) remember(file, path, at, count);
    ssize_t done = how < 0 ? -1 : real_pwrite(file, data, how ? count / 2 : count, at);
    pthread_mutex_unlock(&guard);
    return done;
}

ssize_t pwrite(int file, const void *data, size_t count, off_t at) { return pwrite64(file, data, count, at); }

ssize_t writev(int file, const struct iovec *parts, int count) {
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = write(file, parts[i].iov_base, parts[i].iov_len);
        if (done < 0) return total ? total : -1;
        total += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return total;
}

static int sync_file(int file) {
    char path[PATH_MAX];
    if (!inside(file, path)) return real_fsync(file);
    pthread_mutex_lock(&guard);
    int how = strikes(0);
    if (how == 0 && kind != 5)
        for (struct undo *one = undone; one; one = one->next)
            if (strcmp(one->path, path) == 0) one->synced = 1;
    pthread_mutex_unlock(&guard);
    return how < 0 ? -1 : 0;
}

int fsync(int file) { return sync_file(file); }
int fdatasync(int file) { return sync_file(file); }

int ftruncate64(int file, off_t size) {
    char path[PATH_MAX];
    if (!inside(file, path)) return real_ftruncate(file, size);
    pthread_mutex_lock(&guard);
    if (strikes(0) < 0) { pthread_mutex_unlock(&guard); return -1; }
    remember(file, path, size, (size_t)1 << 40);
    pthread_mutex_unlock(&guard);
    return real_ftruncate(file, size);
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }
