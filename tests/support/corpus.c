#include "support/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 8, FILE_MAX = 8 << 20 };

static void break_lines(char *s) {
    char *to = s;
    for (; *s; s++) {
        bool escaped = s[0] == '\\' && s[1] == 'n';
        *to++ = escaped ? '\n' : *s;
        s += escaped;
    }
    *to = '\0';
}

static int group_of(const char *id) {
    int group = 0;
    for (; *id; id++) {
        group = group * 131 + *id;
        if (*id >= '0' && *id <= '9') break;
    }
    return group;
}

static void add_flag(test_row *row, const char *more) {
    size_t size = strlen(row->flags), left = sizeof row->flags - size;
    if (*more && (size_t)snprintf(row->flags + size, left, "%s%s", size ? "," : "", more) >= left) fail_msg("%s: too many flags", row->id);
}

static void read_row(char *line, test_row *row) {
    char *field[FIELDS + 1] = {0};
    int n = 0;
    for (char *p = line; p && n <= FIELDS; n++) {
        field[n] = p;
        p = strchr(p, '\t');
        if (p) *p++ = '\0';
    }
    if (n < FIELDS) fail_msg("%s: %d fields", line, n);
    break_lines(field[1]);
    *row = (test_row){field[0], field[1], field[2], field[3][0] == '1', field[4][0] == '1', field[5][0] == '1', "", group_of(field[0])};
    add_flag(row, row->urgent ? "urgent" : "");
    add_flag(row, row->corruption ? "corruption" : "");
    add_flag(row, field[FIELDS] ? field[FIELDS] : "");
}

void test_corpus_read(test_corpus *c, const char *path) {
    char where[512];
    size_t capacity = 0;
    *c = (test_corpus){.bytes = malloc(FILE_MAX)};
    snprintf(where, sizeof where, "%s/%s", COMPLAINT_SOURCE_DIR, path);
    FILE *f = fopen(where, "rb");
    if (!f || !c->bytes) fail_msg("cannot read %s", where);
    size_t size = fread(c->bytes, 1, FILE_MAX - 1, f);
    fclose(f);
    c->bytes[size] = '\0';
    for (char *line = c->bytes, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = '\0';
        if (strncmp(line, "id\t", 3) == 0) continue;
        if (c->count == capacity) {
            capacity = capacity ? 2 * capacity : 1024;
            c->rows = realloc(c->rows, capacity * sizeof *c->rows);
            assert_non_null(c->rows);
        }
        read_row(line, &c->rows[c->count++]);
    }
    assert_true(c->count > 0);
}

void test_corpus_free(test_corpus *c) {
    free(c->rows);
    free(c->bytes);
}
