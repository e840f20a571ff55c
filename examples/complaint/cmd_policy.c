/*
 * Policies without a database: list, show, check.
 */
#include "cli.h"

#include <string.h>

static int list_policies(const cli *c) {
    buffer b = {0};
    add_text(&b, "[");
    const char *name;
    for (int32_t i = 0; (name = complaint_policy_builtin_name(i)) != NULL; i++) {
        if (!c->opt.json) printf("%s\n", name);
        if (i > 0) add_text(&b, ",");
        json_string(&b, name);
    }
    if (c->opt.json) printf("%s]\n", b.data);
    release(&b);
    return CLI_DONE;
}

static void print_json(const cli *c, const char *text) {
    buffer b = {0};
    add_text(&b, "{");
    json_text(&b, "id", complaint_policy_id(c->policy));
    json_text(&b, "digest", complaint_policy_digest(c->policy));
    json_text(&b, "office", complaint_policy_office(c->policy));
    json_text(&b, "province", complaint_policy_province(c->policy));
    if (text) json_text(&b, "text", text);
    printf("%s}\n", b.data);
    release(&b);
}

static int show_policy(cli *c, const char *name) {
    complaint_text *text = NULL;
    int answer = host_policy(c, name);
    if (answer != CLI_DONE) return answer;
    complaint_status status = complaint_policy_describe(c->policy, COMPLAINT_THAI, &text);
    if (status != COMPLAINT_OK) return refuse_status(c, status, name);
    if (c->opt.json)
        print_json(c, complaint_text_data(text));
    else
        (void)fputs(complaint_text_data(text), stdout);
    complaint_text_free(text);
    return CLI_DONE;
}

static int check_policy(cli *c, const char *path) {
    int answer = host_check_policy(c, path);
    if (answer != CLI_DONE) return answer;
    if (c->opt.json)
        print_json(c, NULL);
    else
        printf("%s\tใช้ได้\t%s\n", complaint_policy_id(c->policy), complaint_policy_digest(c->policy));
    return CLI_DONE;
}

int run_policy(cli *c, int argc, char **argv) {
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc == 1 && strcmp(argv[0], "list") == 0) return list_policies(c);
    if (argc == 2 && strcmp(argv[0], "show") == 0) return show_policy(c, argv[1]);
    if (argc == 2 && strcmp(argv[0], "check") == 0) return check_policy(c, argv[1]);
    return misuse(c, "ใช้ policy list, policy show NAME หรือ policy check FILE", "it is policy list, policy show NAME or policy check FILE", argc > 0 ? argv[0] : NULL);
}
