#include "support/disk.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, PATHS_MAX = 16 };

/* ---- account of what is not safe yet ------------------------------------------------------------------------------- */

typedef struct change {
    struct change *next;
    bool truncates;
    int64_t at; /* offset of the bytes, or the new size */
    size_t size;
    unsigned char bytes[];
} change;

typedef struct content {
    unsigned char *bytes;
    size_t size, capacity;
} content;

/* A file, under whatever name, or none. */
typedef struct inode {
    content safe; /* as of its last sync */
    change *first, **last;
} inode;

/* What a name means: after a lost power the one or the other. */
typedef struct entry {
    char path[512];
    inode *safe, *now; /* NULL: no such file */
} entry;

static struct {
    sqlite3_vfs *real;
    disk_plan plan;
    int64_t operations, syncs;
    bool refused;
    entry entries[PATHS_MAX];
    int entry_count;
} disk;

uint64_t disk_chance(uint64_t *seed) {
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static bool one_in(uint64_t n) { return disk_chance(&disk.plan.chance) % n == 0; }

static void broken(const char *what) {
    (void)fprintf(stderr, "disk: %s\n", what);
    abort();
}

/* Only a power that is lost needs the account. */
static bool accounts(void) { return disk.plan.end == DISK_POWER_LOST; }

static void resize(content *c, size_t size) {
    if (size > c->capacity) {
        c->capacity = size * 2;
        c->bytes = realloc(c->bytes, c->capacity);
        if (!c->bytes) broken("out of memory");
    }
    if (size > c->size) memset(c->bytes + c->size, 0, size - c->size);
    c->size = size;
}

static void put(content *c, int64_t at, const void *bytes, size_t size) {
    if ((size_t)at + size > c->size) resize(c, (size_t)at + size);
    memcpy(c->bytes + at, bytes, size);
}

static inode *new_inode(void) {
    inode *node = calloc(1, sizeof *node);
    if (!node) broken("out of memory");
    node->last = &node->first;
    return node;
}

/* What was there when the machine was switched on is safe. */
static inode *found_inode(const char *path) {
    struct stat st;
    int file = open(path, O_RDONLY);
    if (file < 0) return NULL;
    inode *node = new_inode();
    if (fstat(file, &st) != 0) broken("cannot look at a file");
    resize(&node->safe, (size_t)st.st_size);
    if (st.st_size && read(file, node->safe.bytes, node->safe.size) != (ssize_t)node->safe.size) broken("cannot read a file");
    (void)close(file); /* nobody has it open yet, so no lock goes with it */
    return node;
}

static entry *entry_of(const char *path) {
    for (int i = 0; i < disk.entry_count; i++)
        if (strcmp(disk.entries[i].path, path) == 0) return &disk.entries[i];
    if (disk.entry_count == PATHS_MAX || strlen(path) >= sizeof disk.entries[0].path) broken("too many files");
    entry *e = &disk.entries[disk.entry_count++];
    strcpy(e->path, path);
    e->safe = e->now = found_inode(path);
    return e;
}

static void remember(inode *node, bool truncates, int64_t at, const void *bytes, size_t size) {
    if (!node) return;
    change *c = malloc(sizeof *c + size);
    if (!c) broken("out of memory");
    *c = (change){.truncates = truncates, .at = at, .size = size};
    if (size) memcpy(c->bytes, bytes, size);
    *node->last = c;
    node->last = &c->next;
}

static void sync_folder(void) {
    for (int i = 0; i < disk.entry_count; i++) disk.entries[i].safe = disk.entries[i].now;
}

static void sync_inode(inode *node) {
    if (!node) return;
    for (change *c = node->first, *next; c; c = next) {
        next = c->next;
        if (c->truncates)
            resize(&node->safe, (size_t)c->at);
        else
            put(&node->safe, c->at, c->bytes, c->size);
        free(c);
    }
    node->first = NULL;
    node->last = &node->first;
}

/* ---- the power is lost ------------------------------------------------------------------------------------------------ */

/* One sector of a write: it was in time, it was not, or it was being written. */
static void tear(content *c, int64_t at, const unsigned char *bytes, size_t size) {
    unsigned char rubbish[SECTOR];
    if (one_in(16)) {
        for (size_t i = 0; i < size; i++) rubbish[i] = (unsigned char)disk_chance(&disk.plan.chance);
        put(c, at, rubbish, size);
    } else if (one_in(2)) {
        put(c, at, bytes, size);
    }
}

static void tear_sectors(content *c, const change *w) {
    for (size_t done = 0; done < w->size;) {
        size_t room = SECTOR - (size_t)(w->at + (int64_t)done) % SECTOR, n = w->size - done < room ? w->size - done : room;
        tear(c, w->at + (int64_t)done, w->bytes + done, n);
        done += n;
    }
}

static void keep(content *c, const change *w) {
    if (w->truncates)
        resize(c, (size_t)w->at);
    else
        put(c, w->at, w->bytes, w->size);
}

/* The sectors of a write before a chosen one. */
static void keep_beginning(content *c, const change *w) {
    size_t sectors = w->size / SECTOR, n = sectors ? (size_t)(disk_chance(&disk.plan.chance) % sectors) * SECTOR : 0;
    if (!w->truncates && n) put(c, w->at, w->bytes, n);
}

static void leave_inode(inode *node) {
    uint64_t count = 0, kept;
    for (const change *c = node->first; c; c = c->next) count++;
    kept = disk_chance(&disk.plan.chance) % (count + 1);
    for (const change *c = node->first; c; c = c->next) {
        switch (disk.plan.loss) {
        case DISK_LOSES_ALL:
            break;
        case DISK_LOSES_NONE:
            keep(&node->safe, c);
            break;
        case DISK_LOSES_THE_REST:
            if (kept > 0) keep(&node->safe, c);
            if (kept == 0) keep_beginning(&node->safe, c);
            if (kept-- == 0) return;
            break;
        default:
            if (disk.plan.loss == DISK_TEARS && !c->truncates)
                tear_sectors(&node->safe, c);
            else if (one_in(2))
                keep(&node->safe, c);
        }
    }
}

static void leave_file(const char *path, const content *c) {
    (void)unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (file < 0 || (c->size && write(file, c->bytes, c->size) != (ssize_t)c->size)) broken("cannot leave a file");
}

static void leave_entry(const entry *e) {
    bool newest = disk.plan.loss == DISK_LOSES_NONE || (disk.plan.loss >= DISK_LOSES_THE_REST && one_in(2));
    inode *node = newest ? e->now : e->safe;
    char memory[sizeof e->path + 8];
    (void)snprintf(memory, sizeof memory, "%s-shm", e->path);
    (void)unlink(memory);
    if (!node) {
        (void)unlink(e->path);
        return;
    }
    leave_inode(node);
    leave_file(e->path, &node->safe);
}

static void lose_power(void) {
    for (int i = 0; i < disk.entry_count; i++) leave_entry(&disk.entries[i]);
    _exit(DISK_EXIT);
}

/* ---- one operation after the other ---------------------------------------------------------------------------------------- */

static void strike(void) {
    if (disk.plan.end == DISK_POWER_LOST) lose_power();
    if (disk.plan.end == DISK_KILLED) (void)raise(SIGKILL);
}

/* It is the turn of the chosen one. */
static bool arrives(bool is_sync) {
    disk.operations++;
    disk.syncs += is_sync;
    if (disk.plan.at_sync && !is_sync) return false;
    return disk.plan.end != DISK_LASTS && disk.plan.end != DISK_REFUSES && (disk.plan.at_sync ? disk.syncs : disk.operations) == disk.plan.at;
}

static bool begins(bool is_sync) {
    bool here = arrives(is_sync);
    if (here && disk.plan.moment != DISK_AFTER) strike();
    return here;
}

static void ends(bool here) {
    if (here) strike();
}

static bool refuses(void) {
    if (disk.plan.end != DISK_REFUSES || disk.refused || disk.operations < disk.plan.at) return false;
    return disk.refused = true;
}

void disk_operation(void) { ends(begins(false)); }

/* ---- files ----------------------------------------------------------------------------------------------------------------- */

typedef struct open_file {
    sqlite3_file base;
    inode *node;       /* NULL: no account is kept */
    bool syncs_folder; /* its first sync makes the folder safe too */
} open_file;

static sqlite3_file *real_of(sqlite3_file *f) { return (sqlite3_file *)((open_file *)f + 1); }

static int close_file(sqlite3_file *f) { return real_of(f)->pMethods->xClose(real_of(f)); }
static int read_file(sqlite3_file *f, void *to, int n, sqlite3_int64 at) { return real_of(f)->pMethods->xRead(real_of(f), to, n, at); }

static int write_file(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
    sqlite3_file *r = real_of(f);
    bool here = arrives(false);
    if (refuses()) return disk.plan.code;
    if (here && disk.plan.moment == DISK_BEFORE) strike();
    if (here && disk.plan.moment == DISK_AMID) {
        (void)r->pMethods->xWrite(r, from, n / 2, at);
        strike();
    }
    int code = r->pMethods->xWrite(r, from, n, at);
    if (code == SQLITE_OK) remember(((open_file *)f)->node, false, at, from, (size_t)n);
    ends(here);
    return code;
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size) {
    sqlite3_file *r = real_of(f);
    bool here = begins(false);
    if (refuses()) return SQLITE_IOERR_TRUNCATE;
    int code = r->pMethods->xTruncate(r, size);
    if (code == SQLITE_OK) remember(((open_file *)f)->node, true, size, NULL, 0);
    ends(here);
    return code;
}

static int sync_file(sqlite3_file *f, int flags) {
    (void)flags;
    open_file *o = (open_file *)f;
    bool here = begins(true);
    if (refuses()) return SQLITE_IOERR_FSYNC;
    sync_inode(o->node);
    if (o->syncs_folder) sync_folder();
    o->syncs_folder = false;
    ends(here);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size) { return real_of(f)->pMethods->xFileSize(real_of(f), size); }

static int lock_file(sqlite3_file *f, int level) {
    bool here = begins(false);
    int code = real_of(f)->pMethods->xLock(real_of(f), level);
    ends(here);
    return code;
}

static int unlock_file(sqlite3_file *f, int level) {
    bool here = begins(false);
    int code = real_of(f)->pMethods->xUnlock(real_of(f), level);
    ends(here);
    return code;
}

static int is_reserved(sqlite3_file *f, int *is) { return real_of(f)->pMethods->xCheckReservedLock(real_of(f), is); }
static int control(sqlite3_file *f, int what, void *value) { return real_of(f)->pMethods->xFileControl(real_of(f), what, value); }
static int sector_size(sqlite3_file *f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); }
static int device(sqlite3_file *f) { return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f)); }
static int map_memory(sqlite3_file *f, int page, int size, int extend, void volatile **at) { return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, at); }
static int unmap_memory(sqlite3_file *f, int remove) { return real_of(f)->pMethods->xShmUnmap(real_of(f), remove); }

static int lock_memory(sqlite3_file *f, int offset, int n, int flags) {
    bool here = begins(false);
    int code = real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
    ends(here);
    return code;
}

static void fence(sqlite3_file *f) {
    bool here = begins(false);
    real_of(f)->pMethods->xShmBarrier(real_of(f));
    ends(here);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* no memory-mapped reading */
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = is_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device,
    .xShmMap = map_memory,
    .xShmLock = lock_memory,
    .xShmBarrier = fence,
    .xShmUnmap = unmap_memory,
};

/* SQLite syncs the folder for such a file whether the file was there before or not (os_unix.c, UNIXFILE_DIRSYNC). */
static bool may_make_journal(int flags) {
    return (flags & SQLITE_OPEN_CREATE) && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL));
}

static int open_path(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out) {
    (void)vfs;
    open_file *o = (open_file *)f;
    entry *e = path && accounts() ? entry_of(path) : NULL; /* before it is made */
    bool here = begins(false);
    *o = (open_file){0};
    int code = disk.real->xOpen(disk.real, path, real_of(f), flags, out);
    if (real_of(f)->pMethods) o->base.pMethods = &methods;
    if (code == SQLITE_OK && e) {
        if (!e->now) e->now = new_inode();
        o->node = e->now;
        o->syncs_folder = may_make_journal(flags);
    }
    ends(here);
    return code;
}

static int remove_path(sqlite3_vfs *vfs, const char *path, int sync) {
    (void)vfs;
    entry *e = accounts() ? entry_of(path) : NULL;
    bool here = begins(false);
    if (refuses()) return SQLITE_IOERR_DELETE;
    int code = disk.real->xDelete(disk.real, path, 0);
    if (code == SQLITE_OK && e) e->now = NULL;
    if (code == SQLITE_OK && e && sync) sync_folder();
    ends(here);
    return code;
}

void disk_install(void) {
    static sqlite3_vfs vfs;
    if (sqlite3_initialize() != SQLITE_OK) broken("no SQLite");
    disk.real = sqlite3_vfs_find(NULL);
    if (!disk.real) broken("no VFS");
    vfs = *disk.real;
    vfs.szOsFile = (int)sizeof(open_file) + disk.real->szOsFile;
    vfs.zName = "disk";
    vfs.pNext = NULL;
    vfs.xOpen = open_path;
    vfs.xDelete = remove_path;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) broken("the VFS is not accepted");
}

void disk_plan_for(const disk_plan *plan) {
    disk.plan = plan ? *plan : (disk_plan){0};
    disk.operations = disk.syncs = 0;
    disk.refused = false;
}

int64_t disk_operations(void) { return disk.operations; }
int64_t disk_syncs(void) { return disk.syncs; }
bool disk_refused(void) { return disk.refused; }
