/*
 * Lists: inbox and worklists.
 */
#include "cli.h"

#include <string.h>

static const char *const states[] = {"new", "opened", "joined", "set_aside", "reply"};

static complaint_status fetch_inbox(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page) {
    return complaint_desk_inbox(c->desk, c->actor, what, token, limit, page);
}

int run_inbox(cli *c, int argc, char **argv) {
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 1) return misuse(c, "ระบุสถานะได้หนึ่งอย่าง", "one state at most", argv[1]);
    const char *state = argc == 1 ? argv[0] : states[0];
    size_t i = 0;
    while (i < sizeof states / sizeof *states && strcmp(states[i], state) != 0) i++;
    if (i == sizeof states / sizeof *states)
        return misuse(c, "สถานะข้อความคือ new opened joined set_aside reply", "a message's state is new, opened, joined, set_aside or reply", state);
    int answer = host_open(c, COMPLAINT_READ);
    return answer == CLI_DONE ? print_list(c, &inbox_view, fetch_inbox, state) : answer;
}

static int no_such_list(const cli *c, const char *name) {
    buffer names = {0};
    const worklist *w;
    for (size_t i = 0; (w = worklist_at(i)) != NULL; i++) {
        if (i > 0) add_text(&names, " ");
        add_text(&names, worklist_name(w));
    }
    buffer thai = {0}, english = {0};
    add_text(&thai, "รายการงานคือ ");
    add_text(&thai, names.data);
    add_text(&english, "the worklists are ");
    add_text(&english, names.data);
    int answer = misuse(c, thai.data, english.data, name);
    release(&names);
    release(&thai);
    release(&english);
    return answer;
}

int run_worklist(cli *c, int argc, char **argv) {
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    const worklist *w = argc > 0 ? worklist_find(argv[0]) : worklist_at(0);
    if (!w) return no_such_list(c, argv[0]);
    if (argc > (worklist_has_rules(w) ? 2 : 1)) return misuse(c, "ระบุรายการงานได้หนึ่งอย่าง และกำหนดเวลาได้หนึ่งอย่างกับ due และ overdue", "one worklist, and with due and overdue one clock", argv[argc - 1]);
    listing l = {0};
    int answer = host_open(c, COMPLAINT_READ);
    if (answer == CLI_DONE) answer = desk_answer(c, read_worklist(c, w, argc > 1 ? argv[1] : NULL, INT64_MAX, &l));
    if (answer == CLI_DONE) answer = print_listing(c, worklist_view(w), &l);
    free_listing(&l);
    return answer;
}
