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

/* ---- rows of one or several lists ---- */

void add_page(complaint_page *page, listing *l) {
    int64_t count = complaint_page_count(page);
    l->pages.items = grow(l->pages.items, (l->pages.count + 1) * sizeof *l->pages.items);
    l->rows = grow(l->rows, (l->count + (size_t)count + 1) * sizeof *l->rows);
    for (int64_t i = 0; i < count; i++) l->rows[l->count++] = (place){l->pages.count, i};
    l->pages.items[l->pages.count++] = page;
}

complaint_status add_list(const cli *c, fetch_fn fetch, const void *what, listing *l) {
    pages all = {0};
    complaint_status status = collect(c, fetch, what, &all);
    for (size_t i = 0; i < all.count; i++) add_page(all.items[i], l);
    free(all.items);
    return status;
}

void free_listing(listing *l) {
    free_pages(&l->pages);
    free(l->rows);
    *l = (listing){0};
}

void sort_listing(listing *l, const char *by) {
    for (size_t i = 1; i < l->count; i++) {
        place moving = l->rows[i];
        int64_t key = complaint_page_integer_of(l->pages.items[moving.page], moving.at, by);
        size_t at = i;
        for (; at > 0 && complaint_page_integer_of(l->pages.items[l->rows[at - 1].page], l->rows[at - 1].at, by) > key; at--) l->rows[at] = l->rows[at - 1];
        l->rows[at] = moving;
    }
}

void keep_rows(listing *l, bool (*keep)(const cli *c, const complaint_page *page, int64_t row), const cli *c) {
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++)
        if (keep(c, l->pages.items[l->rows[i].page], l->rows[i].at)) l->rows[kept++] = l->rows[i];
    l->count = kept;
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

static void add_row(const cli *c, table *t, const view *v, const complaint_page *page, int64_t at, bool people) {
    for (int i = 0; i < v->count; i++) {
        buffer cell = {0};
        clear(&cell);
        add_cell(c, page, at, &v->columns[i], people, &cell);
        if (people) make_visible(&cell, false);
        if (people && cell.size == 0) add_text(&cell, "-");
        table_cell(t, cell.data);
        release(&cell);
    }
}

static table *table_of(const cli *c, const view *v, const listing *l, size_t most, bool people) {
    table *t = headed_table(v, people);
    for (size_t i = 0; i < l->count && i < most; i++) add_row(c, t, v, l->pages.items[l->rows[i].page], l->rows[i].at, people);
    return t;
}

size_t print_rows(const cli *c, const view *v, const listing *l, size_t most, const char *indent) {
    if (l->count == 0) {
        printf("%s%s\n", indent, v->empty);
        return 0;
    }
    table *t = table_of(c, v, l, most, true);
    table_print_aligned(t, stdout, indent);
    table_free(t);
    return l->count > most ? l->count - most : 0;
}

/* A page that somebody else owns, as a listing; only its rows are to be freed. */
static listing borrow_page(complaint_page *page) {
    listing l = {0};
    add_page(page, &l);
    return l;
}

static void give_back(listing *l) {
    free(l->pages.items);
    free(l->rows);
}

void print_section(const cli *c, const char *title, const view *v, complaint_page *page) {
    listing l = borrow_page(page);
    printf("\n%s\n", title);
    print_rows(c, v, &l, SIZE_MAX, "  ");
    give_back(&l);
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

static int print_json(const cli *c, const listing *l) {
    buffer b = {0};
    bool done = json_listing(&b, NULL, l);
    if (done) printf("%s\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

int print_listing(const cli *c, const view *v, const listing *l) {
    if (c->opt.json) return print_json(c, l);
    if (isatty(STDOUT_FILENO)) {
        print_rows(c, v, l, SIZE_MAX, "");
        return CLI_DONE;
    }
    table *t = table_of(c, v, l, SIZE_MAX, false);
    table_print_tsv(t, stdout);
    table_free(t);
    return CLI_DONE;
}

int print_list(const cli *c, const view *v, fetch_fn fetch, const void *what) {
    listing l = {0};
    int answer = desk_answer(c, add_list(c, fetch, what, &l));
    if (answer == CLI_DONE) answer = print_listing(c, v, &l);
    free_listing(&l);
    return answer;
}

int print_page(const cli *c, const view *v, complaint_page *page) {
    listing l = borrow_page(page);
    int answer = print_listing(c, v, &l);
    give_back(&l);
    return answer;
}

/* ---- tallies ---- */

void print_counts(const cli *c, const complaint_page *tally) {
    if (c->opt.json) {
        buffer b = {0};
        json_page(&b, NULL, tally, true);
        printf("%s\n", b.data);
        release(&b);
        return;
    }
    for (int32_t i = 0; i < complaint_page_column_count(tally); i++)
        printf("%s\t%lld\n", complaint_page_column_name(tally, i), (long long)complaint_page_integer(tally, 0, i));
}
