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

void put_last(listing *l, bool (*is_last)(const cli *c, const complaint_page *page, int64_t row), const cli *c) {
    place *moved = grow(NULL, (l->count + 1) * sizeof *moved);
    size_t first = 0;
    l->last = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (is_last(c, l->pages.items[l->rows[i].page], l->rows[i].at)) moved[l->last++] = l->rows[i];
        else l->rows[first++] = l->rows[i];
    }
    if (l->last) memcpy(l->rows + first, moved, l->last * sizeof *moved);
    free(moved);
}

/* ---- tables ---- */

/* How a table is made: for programs, for people, or for people whose screen is narrow. */
typedef enum { PLAIN, SPOKEN, BRIEF } style;

/* Where a case has a name for people, they need no id beside it; and what has no heading is said in another cell. */
static bool is_shown(const view *v, int which, style how) {
    bool named = false;
    for (int i = 0; i < v->count; i++) named = named || v->columns[i].cell == CELL_KNOWN_AS;
    return how == PLAIN || (v->columns[which].heading && (!named || strcmp(v->columns[which].name, "case_id") != 0));
}

static int count_shown(const view *v, style how) {
    int count = 0;
    for (int i = 0; i < v->count; i++) count += is_shown(v, i, how);
    return count;
}

/* The rank of a column among those to be left out: the highest goes first, 0 never. */
static int rank_of(const view *v, const char *name) {
    enum { MOST = 100 };
    int rank = MOST;
    for (const char *at = v->spare; *at; rank--) {
        size_t size = strcspn(at, " ");
        if (size == strlen(name) && memcmp(at, name, size) == 0) return rank;
        at += size + (at[size] == ' ');
    }
    return 0;
}

/* What takes less room and says nearly as much. */
static column brief_of(column shown) {
    static const enum cell briefs[][2] = {{CELL_TIME, CELL_MOMENT}, {CELL_DAY, CELL_NEAR_DAY}, {CELL_LEFT, CELL_SOON}, {CELL_EXCERPT, CELL_GLIMPSE}};
    for (size_t i = 0; i < sizeof briefs / sizeof *briefs; i++)
        if (briefs[i][0] == shown.cell) {
            shown.cell = briefs[i][1];
            break;
        }
    return shown;
}

static enum fit fit_of(enum cell cell) {
    switch (cell) {
    case CELL_EXCERPT:
    case CELL_GLIMPSE:
        return FIT_CUT;
    case CELL_TEXT:
    case CELL_CODE:
    case CELL_WORD:
    case CELL_CHOICE:
    case CELL_FLAGS:
    case CELL_LATE:
    case CELL_RECIPIENT:
    case CELL_UNITS:
    case CELL_PHONES:
        return FIT_WRAP;
    default:
        return FIT_NOT;
    }
}

static table *headed_table(const view *v, style how) {
    table *t = table_new(count_shown(v, how));
    int at = 0;
    for (int i = 0; i < v->count; i++) {
        const column *shown = &v->columns[i];
        if (!is_shown(v, i, how)) continue;
        table_cell(t, how == PLAIN ? shown->name : shown->heading);
        if (shown->cell == CELL_NUMBER || shown->cell == CELL_REGISTER || shown->cell == CELL_KNOWN_AS) table_align_right(t, at);
        table_allow(t, at++, fit_of(shown->cell), rank_of(v, shown->name));
    }
    return t;
}

static void add_row(const cli *c, table *t, const view *v, const complaint_page *page, int64_t at, style how) {
    for (int i = 0; i < v->count; i++) {
        column shown = how == BRIEF ? brief_of(v->columns[i]) : v->columns[i];
        buffer cell = {0};
        if (!is_shown(v, i, how)) continue;
        clear(&cell);
        add_cell(c, page, at, &shown, how != PLAIN, &cell);
        if (how != PLAIN) make_visible(&cell, false);
        if (how != PLAIN && cell.size == 0) add_text(&cell, "-");
        table_cell(t, cell.data);
        release(&cell);
    }
}

static table *table_of(const cli *c, const view *v, const listing *l, size_t most, style how) {
    table *t = headed_table(v, how);
    for (size_t i = 0; i < l->count && i < most; i++) add_row(c, t, v, l->pages.items[l->rows[i].page], l->rows[i].at, how);
    return t;
}

static void print_dropped(const cli *c, const table *t, const char *indent) {
    buffer names = {0};
    table_dropped(t, &names);
    if (names.size > 0) (void)fprintf(c->out, "%s(จอแคบ ไม่ได้แสดง %s)\n", indent, names.data);
    release(&names);
}

size_t print_rows(const cli *c, const view *v, const listing *l, size_t most, const char *indent) {
    if (l->count == 0) {
        (void)fprintf(c->out, "%s%s\n", indent, v->empty);
        return 0;
    }
    table *t = table_of(c, v, l, most, SPOKEN);
    if (c->width > 0 && table_width(t) + strlen(indent) > c->width) {
        table_free(t);
        t = table_of(c, v, l, most, BRIEF);
    }
    table_print_aligned(t, c->out, indent, c->width);
    print_dropped(c, t, indent);
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

void print_aside(const cli *c, const view *v, complaint_page *page) {
    listing l = borrow_page(page);
    print_rows(c, v, &l, SIZE_MAX, "  ");
    give_back(&l);
}

void print_section(const cli *c, const char *title, const view *v, complaint_page *page) {
    printf("\n%s\n", title);
    print_aside(c, v, page);
}

bool json_section(const cli *c, const view *v, buffer *b, const char *name, complaint_page *page) {
    listing l = borrow_page(page);
    bool done = json_listing(c, v, b, name, &l);
    give_back(&l);
    return done;
}

void print_text(const cli *c, const char *text, const char *indent) {
    if (*text == '\0') return;
    table *t = table_new(1);
    table_allow(t, 0, FIT_WRAP, 0);
    table_cell(t, text);
    table_print_aligned(t, stdout, indent, c->width);
    table_free(t);
}

void print_record(const cli *c, const view *v, const complaint_page *page, int64_t row, beside_fn beside, const void *context) {
    table *t = table_new(2);
    table_allow(t, 1, FIT_WRAP, 0);
    for (int i = 0; i < v->count; i++) {
        buffer cell = {0};
        add_cell(c, page, row, &v->columns[i], true, &cell);
        if (cell.size > 0) {
            make_visible(&cell, true);
            table_cell(t, v->columns[i].heading);
            table_cell(t, cell.data);
            if (beside) beside(c, context, &v->columns[i], t);
        }
        release(&cell);
    }
    table_print_aligned(t, stdout, "  ", c->width);
    table_free(t);
}

/* ---- lists ---- */

static int print_json(const cli *c, const view *v, const listing *l) {
    buffer b = {0};
    bool done = json_listing(c, v, &b, NULL, l);
    if (done) printf("%s\n", b.data);
    release(&b);
    return done ? CLI_DONE : refuse_status(c, COMPLAINT_E_MEMORY, "");
}

int print_listing(const cli *c, const view *v, const listing *l) {
    if (c->opt.json) return print_json(c, v, l);
    if (isatty(STDOUT_FILENO)) {
        print_rows(c, v, l, SIZE_MAX, "");
        return CLI_DONE;
    }
    table *t = table_of(c, v, l, SIZE_MAX, PLAIN);
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
