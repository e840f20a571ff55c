/*
 * Runs a fuzz target over stored inputs: every file named, and every file in a folder named. With it any compiler builds a fuzz target as an
 * ordinary program. An input is also run cut short at a few places, since a corpus of whole texts says little about their halves.
 */
#include "fuzz.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_ROOM = 4096 };

enum { FAILURES = 10 }; /* allocations of each whole input that fail in turn */

static long run_count;

/* A copy that ends where the input ends, so that a sanitizer sees every byte too many. */
static void run(const uint8_t *data, size_t size, long failures) {
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) exit(2);
    memcpy(copy, data, size);
    fuzz_failures = failures;
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    run_count++;
}

static int run_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return fprintf(stderr, "%s cannot be read\n", path), 1;
    size_t size = 0, room = 4096;
    uint8_t *data = malloc(room);
    for (size_t n; data && (n = fread(data + size, 1, room - size, f)) > 0;) {
        size += n;
        if (size == room) data = realloc(data, room *= 2);
    }
    fclose(f);
    if (!data) return 1;
    run(data, size, FAILURES);
    for (size_t part = 1; part < 4; part++) run(data, size * part / 4, 0);
    free(data);
    return 0;
}

static int run_folder(const char *path) {
    char inner[PATH_ROOM];
    int bad = 0;
    DIR *folder = opendir(path);
    if (!folder) return fprintf(stderr, "%s cannot be opened\n", path), 1;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        bad += run_file(inner);
    }
    closedir(folder);
    return bad;
}

int main(int argc, char **argv) {
    int bad = 0;
    fuzz_every = 1;
    for (int i = 1; i < argc; i++) {
        struct stat kind;
        bad += stat(argv[i], &kind) == 0 && S_ISDIR(kind.st_mode) ? run_folder(argv[i]) : run_file(argv[i]);
    }
    printf("%ld inputs\n", run_count);
    return bad || run_count == 0;
}
