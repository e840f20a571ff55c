/*
 * Rows of cells: aligned by display width for people and fitted to their screen, tab-separated for programs.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct layout {
    enum fit fit;
    bool right, dropped;
    int rank;
    size_t width;
} layout;

struct table {
    int columns;
    layout *layouts;
    char **cells; /* row after row */
    size_t count, capacity;
};

enum { GAP = 2, LEAST = 18, LAST = 8 }; /* between columns; how narrow a column is made before others are left out for it, and after */

table *table_new(int columns) {
    table *t = grow(NULL, sizeof *t);
    *t = (table){.columns = columns, .layouts = grow(NULL, (size_t)columns * sizeof *t->layouts)};
    for (int i = 0; i < columns; i++) t->layouts[i] = (layout){0};
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

void table_align_right(table *t, int which) { t->layouts[which].right = true; }

void table_allow(table *t, int which, enum fit fit, int rank) {
    t->layouts[which].fit = fit;
    t->layouts[which].rank = rank;
}

/* ---- how wide ---- */

/* Of the widest line in a column. */
static size_t natural_width(const table *t, size_t which) {
    buffer line = {0};
    size_t widest = 0;
    for (size_t i = which; i < t->count; i += (size_t)t->columns)
        for (const char *at = t->cells[i]; *at;) {
            size_t size = strcspn(at, "\n");
            clear(&line);
            add(&line, at, size);
            size_t width = display_width(line.data);
            if (width > widest) widest = width;
            at += size + (at[size] == '\n');
        }
    release(&line);
    return widest;
}

static void measure(table *t) {
    for (int i = 0; i < t->columns; i++) t->layouts[i].width = natural_width(t, (size_t)i);
}

static size_t whole_width(const table *t) {
    size_t width = 0;
    for (int i = 0; i < t->columns; i++)
        if (!t->layouts[i].dropped) width += t->layouts[i].width + (width > 0 ? GAP : 0);
    return width;
}

size_t table_width(table *t) {
    measure(t);
    return whole_width(t);
}

/* The widest column that may be narrower still, or -1. */
static int widest_soft(const table *t, size_t least) {
    int found = -1;
    for (int i = 0; i < t->columns; i++) {
        const layout *l = &t->layouts[i];
        if (!l->dropped && l->fit != FIT_NOT && l->width > least && (found < 0 || l->width > t->layouts[found].width)) found = i;
    }
    return found;
}

/* The column that is missed least, or -1. */
static int least_wanted(const table *t) {
    int found = -1;
    for (int i = 0; i < t->columns; i++)
        if (!t->layouts[i].dropped && t->layouts[i].rank > 0 && (found < 0 || t->layouts[i].rank > t->layouts[found].rank)) found = i;
    return found;
}

static bool narrow(table *t, size_t width, size_t least) {
    int widest = 0;
    while (whole_width(t) > width && (widest = widest_soft(t, least)) >= 0) t->layouts[widest].width--;
    return whole_width(t) <= width;
}

static void fit_to(table *t, size_t width) {
    int unwanted = 0;
    measure(t);
    while (!narrow(t, width, LEAST) && (unwanted = least_wanted(t)) >= 0) {
        t->layouts[unwanted].dropped = true;
        measure(t);
    }
    (void)narrow(t, width, LAST);
}

void table_dropped(const table *t, buffer *names) {
    for (int i = 0; i < t->columns; i++) {
        if (!t->layouts[i].dropped) continue;
        if (names->size > 0) add_text(names, ", ");
        add_text(names, t->cells[i]);
    }
}

/* ---- printing ---- */

static void add_spaces(buffer *line, size_t count) {
    while (count-- > 0) add(line, " ", 1);
}

/* The part of a cell that stands in this line; moves `*rest` behind it. */
static void take_line(const layout *l, const char **rest, buffer *part) {
    size_t line = strcspn(*rest, "\n"), size = 0;
    clear(part);
    add(part, *rest, line);
    bool fits = display_width(part->data) <= l->width;
    if (!fits && l->fit == FIT_CUT) {
        size = fitting_bytes(*rest, l->width - 1);
        clear(part);
        add(part, *rest, size);
        add_text(part, "…");
        size = line;
    } else {
        size = fits ? line : line_bytes(part->data, l->width);
        clear(part);
        add(part, *rest, size);
        while (part->size > 0 && part->data[part->size - 1] == ' ') part->data[--part->size] = '\0';
    }
    *rest += size;
    if (size == line)
        *rest += **rest == '\n';
    else
        *rest += strspn(*rest, " ");
}

static void add_part(const layout *l, const buffer *part, buffer *line) {
    size_t width = display_width(part->data), padding = l->width > width ? l->width - width : 0;
    if (l->right) add_spaces(line, padding);
    add_text(line, part->data);
    if (!l->right) add_spaces(line, padding);
    add_spaces(line, GAP);
}

/* No line ends in spaces. */
static void end_line(buffer *line, FILE *out) {
    while (line->size > 0 && line->data[line->size - 1] == ' ') line->data[--line->size] = '\0';
    add_text(line, "\n");
    (void)fputs(line->data, out);
}

/* A row takes as many lines as its longest cell; `rests` is what is still to be printed of each. */
static void print_row(const table *t, const char **rests, const char *indent, FILE *out) {
    buffer line = {0}, part = {0};
    bool more = true;
    while (more) {
        more = false;
        clear(&line);
        add_text(&line, indent);
        for (int i = 0; i < t->columns; i++) {
            if (t->layouts[i].dropped) continue;
            take_line(&t->layouts[i], &rests[i], &part);
            add_part(&t->layouts[i], &part, &line);
            more = more || *rests[i];
        }
        end_line(&line, out);
    }
    release(&line);
    release(&part);
}

void table_print_aligned(table *t, FILE *out, const char *indent, size_t width) {
    size_t columns = (size_t)t->columns, room = strlen(indent);
    const char **rests = grow(NULL, columns * sizeof *rests);
    measure(t);
    if (width > 0) fit_to(t, width > room ? width - room : 1);
    for (size_t first = 0; first + columns <= t->count; first += columns) {
        for (size_t i = 0; i < columns; i++) rests[i] = t->cells[first + i];
        print_row(t, rests, indent, out);
    }
    free(rests);
}

/* A cell never breaks the line: tab, line break and backslash are written as two characters. */
static void print_tsv_cell(FILE *out, const char *cell) {
    for (; *cell; cell++) {
        if (*cell == '\t')
            (void)fputs("\\t", out);
        else if (*cell == '\n')
            (void)fputs("\\n", out);
        else if (*cell == '\r')
            (void)fputs("\\r", out);
        else if (*cell == '\\')
            (void)fputs("\\\\", out);
        else
            (void)fputc(*cell, out);
    }
}

void table_print_tsv(const table *t, FILE *out) {
    for (size_t i = 0; i < t->count; i++) {
        print_tsv_cell(out, t->cells[i]);
        (void)fputc((i + 1) % (size_t)t->columns == 0 ? '\n' : '\t', out);
    }
}

void table_free(table *t) {
    if (!t) return;
    for (size_t i = 0; i < t->count; i++) free(t->cells[i]);
    free(t->cells);
    free(t->layouts);
    free(t);
}
