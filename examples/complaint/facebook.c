/*
 * Walks a page's download ("Download your information", JSON) and hands each conversation to the library. Files are opened below the folder that was
 * named and nowhere else: what a conversation says about its attachments was written by strangers.
 */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const roots[] = {"messages/inbox", "your_facebook_activity/messages/inbox"};

enum { SUMS = 8 };

typedef struct walk {
    cli *c;
    const char *channel;
    const char *folder; /* as typed */
    int root;           /* its descriptor */
    int64_t files;
    int64_t sums[SUMS];
} walk;

static const char *const tally_names[SUMS] = {"messages", "added", "known", "later", "withdrawn", "replies", "evidence", "missing"};

/* ---- attachments ---- */

/* Opens a path below the folder, step by step, following no link; -1 for `..`, an absolute path and everything that is no plain file. */
static int open_below(int root, const char *uri) {
    char name[256];
    int folder = dup(root);
    if (*uri == '/') return close(folder), -1;
    for (const char *at = uri; folder >= 0;) {
        size_t size = strcspn(at, "/");
        bool last = at[size] == '\0';
        if (size == 0 || size >= sizeof name) return close(folder), -1;
        memcpy(name, at, size);
        name[size] = '\0';
        if (strcmp(name, "..") == 0 || strcmp(name, ".") == 0) return close(folder), -1;
        int next = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | (last ? O_NONBLOCK : O_DIRECTORY));
        close(folder);
        if (last) return next;
        folder = next;
        at += size + 1;
    }
    return -1;
}

static complaint_status media_open(void *self, const char *uri, void **stream) {
    const walk *w = self;
    struct stat about;
    int file = open_below(w->root, uri);
    if (file < 0) return COMPLAINT_E_NOT_FOUND;
    FILE *opened = fstat(file, &about) == 0 && S_ISREG(about.st_mode) ? fdopen(file, "rb") : NULL;
    if (!opened) return close(file), COMPLAINT_E_NOT_FOUND;
    *stream = opened;
    return COMPLAINT_OK;
}

static complaint_status media_read(void *self, void *stream, void *room, size_t capacity, size_t *got) {
    (void)self;
    *got = fread(room, 1, capacity, stream);
    return *got == 0 && ferror((FILE *)stream) ? COMPLAINT_E_HOST : COMPLAINT_OK;
}

static void media_close(void *self, void *stream) {
    (void)self;
    (void)fclose(stream);
}

/* ---- conversations ---- */

static int import_document(walk *w, const char *path, const buffer *document) {
    const complaint_media media = {.size = sizeof media, .self = w, .open = media_open, .read = media_read, .close = media_close};
    complaint_page *tally = NULL;
    complaint_status status = complaint_import_facebook(w->c->desk, w->c->actor, w->channel, document->data, document->size, &media, &tally);
    for (int i = 0; i < 8 && tally; i++) w->sums[i] += complaint_page_integer_of(tally, 0, tally_names[i]);
    complaint_page_free(tally);
    if (status == COMPLAINT_OK) w->c->before = w->sums[0], w->c->done = 0;
    w->files++;
    return status == COMPLAINT_OK ? CLI_DONE : refuse_in(w->c, path, complaint_desk_error(w->c->desk));
}

static int import_file(walk *w, const char *path) {
    buffer document = {0};
    int file = open_below(w->root, path);
    FILE *opened = file >= 0 ? fdopen(file, "rb") : NULL;
    bool read = opened && read_all(opened, &document);
    int number = errno;
    if (opened) (void)fclose(opened);
    int answer = read ? import_document(w, path, &document) : refuse_file(w->c, path, "อ่านไฟล์ไม่ได้", "the file cannot be read", number);
    release(&document);
    return answer;
}

/* ---- folders, in an order that is the same everywhere ---- */

typedef struct names {
    char **items;
    size_t count;
} names;

static int compare_names(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* message_10.json is older than message_2.json: Facebook counts from the newest file. */
static int compare_files(const void *a, const void *b) {
    long left = strtol(*(char *const *)a + 8, NULL, 10), right = strtol(*(char *const *)b + 8, NULL, 10);
    return (left < right) - (left > right);
}

static bool is_conversation(const char *name) {
    size_t size = strlen(name);
    return size > 13 && strncmp(name, "message_", 8) == 0 && strcmp(name + size - 5, ".json") == 0 && strspn(name + 8, "0123456789") == size - 13;
}

static bool is_folder(const char *name) { return name[0] != '.'; }

static bool list_names(int root, const char *path, bool (*wanted)(const char *), names *n) {
    int file = openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = file >= 0 ? fdopendir(file) : NULL;
    if (!folder) {
        int number = errno;
        if (file >= 0) close(file);
        errno = number;
        return false;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!wanted(entry->d_name)) continue;
        n->items = grow(n->items, (n->count + 1) * sizeof *n->items);
        size_t size = strlen(entry->d_name) + 1;
        n->items[n->count] = grow(NULL, size);
        memcpy(n->items[n->count++], entry->d_name, size);
    }
    closedir(folder);
    return true;
}

static void free_names(names *n) {
    for (size_t i = 0; i < n->count; i++) free(n->items[i]);
    free(n->items);
}

static void join(buffer *path, const char *folder, const char *name) {
    clear(path);
    add_text(path, folder);
    add_text(path, "/");
    add_text(path, name);
}

static int import_thread(walk *w, const char *folder) {
    names files = {0};
    buffer path = {0};
    int answer = CLI_DONE;
    if (!list_names(w->root, folder, is_conversation, &files) && errno != ENOTDIR) return refuse_file(w->c, folder, "เปิดโฟลเดอร์ไม่ได้", "the folder cannot be opened", errno);
    if (files.count > 0) qsort(files.items, files.count, sizeof *files.items, compare_files);
    for (size_t i = 0; i < files.count && answer == CLI_DONE; i++) {
        join(&path, folder, files.items[i]);
        answer = is_interrupted() ? refuse_interrupted(w->c, path.data) : import_file(w, path.data);
    }
    release(&path);
    free_names(&files);
    return answer;
}

static int import_threads(walk *w, const char *inbox, names *threads) {
    buffer path = {0};
    int answer = CLI_DONE;
    if (threads->count > 0) qsort(threads->items, threads->count, sizeof *threads->items, compare_names);
    for (size_t i = 0; i < threads->count && answer == CLI_DONE; i++) {
        join(&path, inbox, threads->items[i]);
        answer = import_thread(w, path.data);
    }
    release(&path);
    return answer;
}

/* ---- the answer ---- */

static void print_sums(const walk *w) {
    tallied counts[1 + SUMS] = {{"files", w->files}};
    for (int i = 0; i < SUMS; i++) counts[1 + i] = (tallied){tally_names[i], w->sums[i]};
    print_tally(w->c, counts, 1 + SUMS);
}

static int import_below(walk *w) {
    names threads = {0};
    size_t i = 0;
    while (i < sizeof roots / sizeof *roots && !list_names(w->root, roots[i], is_folder, &threads)) i++;
    if (i == sizeof roots / sizeof *roots) return refuse_file(w->c, w->folder, "ในโฟลเดอร์นี้ไม่มี messages/inbox", "there is no messages/inbox in this folder", 0);
    int answer = import_threads(w, roots[i], &threads);
    free_names(&threads);
    if (answer == CLI_DONE) print_sums(w);
    return answer;
}

int import_facebook(cli *c, const char *channel, const char *folder) {
    walk w = {.c = c, .channel = channel, .folder = folder, .root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (w.root < 0) return refuse_file(c, folder, "เปิดโฟลเดอร์ไม่ได้", "the folder cannot be opened", errno);
    take_interrupts(c, true);
    int answer = host_open(c, COMPLAINT_WRITE);
    if (answer == CLI_DONE) answer = import_below(&w);
    close(w.root);
    return answer;
}
