/*
 * tools/embed: turns files into the C source of the table declared in data/data.h. Runs while the library is built.
 *
 * embed OUTPUT.c ROOT NAME...     each NAME is a path below ROOT and becomes the entry's name
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static FILE *open_below(const char *root, const char *name) {
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *f = n > 0 && (size_t)n < sizeof path ? fopen(path, "rb") : NULL;
    if (!f) fprintf(stderr, "embed: cannot read %s/%s\n", root, name);
    return f;
}

/* Writes one array; false when the file cannot be read. */
static int write_bytes(FILE *out, const char *root, const char *name, int number, size_t *size) {
    FILE *in = open_below(root, name);
    if (!in) return 0;
    fprintf(out, "/* %s */\nstatic const unsigned char file_%d[] = {\n", name, number);
    *size = 0;
    for (int c; (c = getc(in)) != EOF; ++*size) fprintf(out, "%d,%s", c, *size % 32 == 31 ? "\n" : "");
    fputs("0};\n", out);
    int good = !ferror(in);
    fclose(in);
    return good;
}

static int write_all(FILE *out, const char *root, char **names, int count, size_t *sizes) {
    fputs("/* Written by lib/tools/embed.c. */\n#include \"data/data.h\"\n\n", out);
    for (int i = 0; i < count; ++i) {
        if (!write_bytes(out, root, names[i], i, &sizes[i])) return 0;
    }
    fputs("\nconst cpl_data_file cpl_data_files[] = {\n", out);
    for (int i = 0; i < count; ++i) fprintf(out, "    {\"%s\", file_%d, %zu},\n", names[i], i, sizes[i]);
    fprintf(out, "    {NULL, NULL, 0}};\nconst size_t cpl_data_file_count = %d;\n", count);
    return !ferror(out);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: embed OUTPUT.c ROOT NAME...\n", stderr);
        return 2;
    }
    int count = argc - 3;
    qsort(argv + 3, (size_t)count, sizeof *argv, by_name);
    size_t *sizes = calloc((size_t)count + 1, sizeof *sizes);
    FILE *out = sizes ? fopen(argv[1], "wb") : NULL;
    int good = out && write_all(out, argv[2], argv + 3, count, sizes);
    if (out && fclose(out) != 0) good = 0;
    if (!good) {
        fprintf(stderr, "embed: could not write %s\n", argv[1]);
        remove(argv[1]);
    }
    free(sizes);
    return good ? 0 : 1;
}
