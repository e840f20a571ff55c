/*
 * Pages on the screen: aligned tables for people, TSV and JSON for programs.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 1000 };

/* ---- several pages that are one list ---- */

complaint_status collect(const cli *c, fetch_fn fetch, const void *what, pages *all) {
    const char *token = NULL;
    do {
        complaint_page *page = NULL;
        complaint_status status = fetch(c, what, token, PAGE, &page);
        if (status != COMPLAINT_OK) return status;
        all->items = grow(all->items, (all->count + 1) * sizeof *all->items);
        all->items[all->count++] = page;
        token = complaint_page_token(page);
    } while (token);
    return COMPLAINT_OK;
}

void free_pages(pages *all) {
    for (size_t i = 0; i < all->count; i++) complaint_page_free(all->items[i]);
    free(all->items);
    *all = (pages){0};
}

static bool is_empty(const pages *all) {
    for (size_t i = 0; i < all->count; i++)
        if (complaint_page_count(all->items[i]) > 0) return false;
    return true;
}

/* ---- tables ---- */

static table *headed_table(const view *v, bool people) {
    table *t = table_new(v->count);
    for (int i = 0; i < v->count; i++) {
        table_cell(t, people ? v->columns[i].heading : v->columns[i].name);
        if (v->columns[i].cell == CELL_NUMBER || v->columns[i].cell == CELL_REGISTER) table_align_right(t, i);
    }
    return t;
}

static void add_rows(const cli *c, table *t, const view *v, const complaint_page *page, bool people) {
    for (int64_t row = 0; row < complaint_page_count(page); row++) {
        for (int i = 0; i < v->count; i++) {
            buffer cell = {0};
            clear(&cell);
            add_cell(c, page, row, &v->columns[i], people, &cell);
            if (people) make_visible(&cell, false);
            if (people && cell.size == 0) add_text(&cell, "-");
            table_cell(t, cell.data);
            release(&cell);
        }
    }
}

static void print_table(const cli *c, const view *v, const pages *all, bool people, const char *indent) {
    if (people && is_empty(all)) {
        printf("%s%s\n", indent, v->empty);
        return;
    }
    table *t = headed_table(v, people);
    for (size_t i = 0; i < all->count; i++) add_rows(c, t, v, all->items[i], people);
    if (people)
        table_print_aligned(t, stdout, indent);
    else
        table_print_tsv(t, stdout);
    table_free(t);
}

void print_section(const cli *c, const char *title, const view *v, complaint_page *page) {
    const pages one = {&page, 1};
    printf("\n%s\n", title);
    print_table(c, v, &one, true, "  ");
}

void print_record(const cli *c, const view *v, const complaint_page *page, int64_t row) {
    table *t = table_new(2);
    for (int i = 0; i < v->count; i++) {
        buffer cell = {0};
        add_cell(c, page, row, &v->columns[i], true, &cell);
        if (cell.size > 0) {
            make_visible(&cell, true);
            table_cell(t, v->columns[i].heading);
            table_cell(t, cell.data);
        }
        release(&cell);
    }
    table_print_aligned(t, stdout, "  ");
    table_free(t);
}

/* ---- lists ---- */

static int print_pages(const cli *c, const view *v, const pages *all) {
    if (!c->opt.json) {
        print_table(c, v, all, isatty(STDOUT_FILENO) != 0, "");
        return CLI_DONE;
    }
    buffer b = {0};
    bool done = json_pages(&b, NULL, all);
    if (done) printf("%s\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

int print_list(const cli *c, const view *v, fetch_fn fetch, const void *what) {
    pages all = {0};
    int answer = desk_answer(c, collect(c, fetch, what, &all));
    if (answer == CLI_DONE) answer = print_pages(c, v, &all);
    free_pages(&all);
    return answer;
}

int print_page(const cli *c, const view *v, complaint_page *page) {
    const pages one = {&page, 1};
    return print_pages(c, v, &one);
}
