/*
 * Rows of cells: aligned by display width for people, tab-separated for programs.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

struct table {
    int columns;
    bool *right;
    char **cells; /* row after row */
    size_t count, capacity;
};

table *table_new(int columns) {
    table *t = grow(NULL, sizeof *t);
    *t = (table){.columns = columns, .right = grow(NULL, (size_t)columns * sizeof *t->right)};
    memset(t->right, 0, (size_t)columns * sizeof *t->right);
    return t;
}

void table_cell(table *t, const char *text) {
    if (t->count == t->capacity) {
        t->capacity = t->capacity * 2 + 64;
        t->cells = grow(t->cells, t->capacity * sizeof *t->cells);
    }
    size_t size = strlen(text) + 1;
    t->cells[t->count] = grow(NULL, size);
    memcpy(t->cells[t->count++], text, size);
}

void table_align_right(table *t, int which) { t->right[which] = true; }

static size_t column_width(const table *t, size_t which) {
    size_t widest = 0;
    for (size_t i = which; i < t->count; i += (size_t)t->columns) {
        size_t width = display_width(t->cells[i]);
        if (width > widest) widest = width;
    }
    return widest;
}

static void add_spaces(buffer *line, size_t count) {
    while (count-- > 0) add(line, " ", 1);
}

static void add_padded(const table *t, size_t i, size_t width, buffer *line) {
    size_t padding = width - display_width(t->cells[i]);
    bool right = t->right[i % (size_t)t->columns];
    if (right) add_spaces(line, padding);
    add_text(line, t->cells[i]);
    if (!right) add_spaces(line, padding);
    add_text(line, "  ");
}

/* The last cell of a row is not padded, so no line ends in spaces; where it breaks, it goes on below its own column. */
static void add_last(const char *cell, size_t offset, buffer *line) {
    for (; *cell; cell++) {
        add(line, cell, 1);
        if (*cell == '\n') add_spaces(line, offset);
    }
    while (line->size > 0 && line->data[line->size - 1] == ' ') line->data[--line->size] = '\0';
    add(line, "\n", 1);
}

static void print_row(const table *t, size_t first, const size_t *widths, const char *indent, FILE *out) {
    buffer line = {0};
    size_t last = (size_t)t->columns - 1, offset = strlen(indent);
    add_text(&line, indent);
    for (size_t i = 0; i < last; i++) {
        add_padded(t, first + i, widths[i], &line);
        offset += widths[i] + 2;
    }
    add_last(t->cells[first + last], offset, &line);
    fputs(line.data, out);
    release(&line);
}

void table_print_aligned(const table *t, FILE *out, const char *indent) {
    size_t columns = (size_t)t->columns;
    size_t *widths = grow(NULL, columns * sizeof *widths);
    for (size_t i = 0; i < columns; i++) widths[i] = column_width(t, i);
    for (size_t first = 0; first + columns <= t->count; first += columns) print_row(t, first, widths, indent, out);
    free(widths);
}

/* A cell never breaks the line: tab, line break and backslash are written as two characters. */
static void print_tsv_cell(FILE *out, const char *cell) {
    for (; *cell; cell++) {
        if (*cell == '\t')
            fputs("\\t", out);
        else if (*cell == '\n')
            fputs("\\n", out);
        else if (*cell == '\r')
            fputs("\\r", out);
        else if (*cell == '\\')
            fputs("\\\\", out);
        else
            fputc(*cell, out);
    }
}

void table_print_tsv(const table *t, FILE *out) {
    for (size_t i = 0; i < t->count; i++) {
        print_tsv_cell(out, t->cells[i]);
        fputc((i + 1) % (size_t)t->columns == 0 ? '\n' : '\t', out);
    }
}

void table_free(table *t) {
    if (!t) return;
    for (size_t i = 0; i < t->count; i++) free(t->cells[i]);
    free(t->cells);
    free(t->right);
    free(t);
}
