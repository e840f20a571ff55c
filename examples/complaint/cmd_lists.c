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

static const struct worklist {
    const char *name;
    int32_t number;
    const view *view;
} worklists[] = {
    {"open", COMPLAINT_WORK_OPEN, &open_view},
    {"due", COMPLAINT_WORK_DUE, &due_view},
    {"refused", COMPLAINT_WORK_REFUSED, &refused_view},
    {"unit", COMPLAINT_WORK_UNIT, &unit_view},
};

static complaint_status fetch_worklist(const cli *c, const void *what, const char *token, int64_t limit, complaint_page **page) {
    const struct worklist *list = what;
    return complaint_desk_worklist(c->desk, c->actor, list->number, token, limit, page);
}

int run_worklist(cli *c, int argc, char **argv) {
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc > 1) return misuse(c, "ระบุรายการงานได้หนึ่งอย่าง", "one worklist at most", argv[1]);
    const char *name = argc == 1 ? argv[0] : worklists[0].name;
    size_t i = 0;
    while (i < sizeof worklists / sizeof *worklists && strcmp(worklists[i].name, name) != 0) i++;
    if (i == sizeof worklists / sizeof *worklists) return misuse(c, "รายการงานคือ open due refused unit", "the worklists are open, due, refused and unit", name);
    int answer = host_open(c, COMPLAINT_READ);
    return answer == CLI_DONE ? print_list(c, worklists[i].view, fetch_worklist, &worklists[i]) : answer;
}
