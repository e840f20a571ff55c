/*
 * Ctrl-C in the middle of a long command: it ends at its next step, says how far it came, and leaves what was finished. A second one ends the program at once.
 */
#include "cli.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t caught;

static void note(int number) {
    caught = number;
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
}

/* Who started the program in the background may have had it ignore the signal. */
static void listen_for(int number) {
    struct sigaction now, ours;
    memset(&ours, 0, sizeof ours);
    ours.sa_handler = note;
    ours.sa_flags = SA_RESTART;
    (void)sigemptyset(&ours.sa_mask);
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler != SIG_IGN) (void)sigaction(number, &ours, NULL);
}

void take_interrupts(cli *c, bool keeps) {
    c->keeps = keeps;
    if (caught) return;
    listen_for(SIGINT);
    listen_for(SIGTERM);
}

int32_t ask_interrupt(void *context, int64_t done) {
    cli *c = context;
    c->done = done;
    return caught != 0;
}

bool is_interrupted(void) { return caught != 0; }

int interrupted_exit(void) { return 128 + caught; }
