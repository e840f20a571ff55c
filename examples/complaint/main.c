/*
 * complaint: options, a command, an answer. Exit status 0 done, 1 refused, 2 wrong usage.
 */
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static int print_version(void) {
    printf("complaint %s\n", complaint_version());
    return CLI_DONE;
}

/* Output that could not be written is no success, whatever the desk did. */
static int finish_output(const cli *c, int answer) {
    if (fflush(stdout) == 0 && !ferror(stdout)) return answer;
    int number = errno;
    return answer == CLI_DONE ? refuse_file(c, "stdout", "เขียนผลลัพธ์ไม่ได้", "the output cannot be written", number) : answer;
}

static int run(cli *c, int argc, char **argv) {
    int taken = read_options(c, argc, argv);
    if (taken < 0) return CLI_MISUSED;
    argc -= taken;
    argv += taken;
    if (argc == 0) return misuse(c, "ไม่ได้ระบุคำสั่ง", "no command", NULL);
    if (strcmp(argv[0], "--version") == 0) return print_version();
    if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0) {
        print_help(stdout);
        return CLI_DONE;
    }
    const command *found = command_find(argv[0]);
    if (!found) return misuse(c, "ไม่รู้จักคำสั่งนี้", "unknown command", argv[0]);
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) return run_help(c, 1, argv);
    c->command = found->name;
    return found->run(c, argc - 1, argv + 1);
}

int main(int argc, char **argv) {
    lookup none = {0};
    cli c = {.lookup = &none, .width = screen_width(), .out = stdout};
    (void)signal(SIGXFSZ, SIG_IGN); /* a file over its limit is a full disk: an error, not the end of the program */
    int answer = run(&c, argc - 1, argv + 1);
    host_close(&c);
    return finish_output(&c, answer);
}
