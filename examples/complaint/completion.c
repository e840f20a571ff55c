/*
 * Completion for shells, from what `--help` says: the tables of options and commands. A command's argument line is read word by word: `--name` is an option, the word behind it
 * its value, alternatives in small letters are words that may be typed. completion.bash and completion.zsh are what this prints.
 */
#include "cli.h"

#include <string.h>

/* ---- reading an argument line ---- */

typedef struct reader {
    buffer words;   /* that may be typed, each once, between blanks */
    buffer options; /* all of them */
    buffer valued;  /* those that take a value, as a pattern: `--from|--to` */
    buffer cases;   /* `--style) ... long short ;;` in a shell's words */
    void (*add_case)(buffer *out, const char *name, const char *values);
} reader;

static bool is_small(const char *word) { return *word >= 'a' && *word <= 'z'; }

static bool has_word(const buffer *list, const char *word) {
    size_t size = strlen(word);
    for (const char *at = list->size > 0 ? strstr(list->data, word) : NULL; at; at = strstr(at + 1, word))
        if ((at == list->data || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0')) return true;
    return false;
}

static void add_word(buffer *list, const char *word) {
    if (has_word(list, word)) return;
    if (list->size > 0) add_text(list, " ");
    add_text(list, word);
}

/* The alternatives of `a|b|C` that may be typed as they stand; others are names of what the user knows. */
static void add_alternatives(buffer *list, const char *word) {
    buffer one = {0};
    for (const char *at = word; *at;) {
        size_t size = strcspn(at, "|");
        clear(&one);
        add(&one, at, size);
        if (is_small(one.data) || (one.data[0] >= '0' && one.data[0] <= '9')) add_word(list, one.data);
        at += size + (at[size] == '|');
    }
    release(&one);
}

static void take_value(reader *r, const char *name, const char *value) {
    buffer values = {0};
    if (r->valued.size > 0) add_text(&r->valued, "|");
    add_text(&r->valued, name);
    add_alternatives(&values, value);
    if (values.size > 0) r->add_case(&r->cases, name, values.data);
    release(&values);
}

/* The next word without brackets; `*bracket`: one stood before it. NULL at the end. */
static const char *next_word(const char *at, buffer *word, bool *bracket) {
    clear(word);
    *bracket = false;
    for (; *at && strchr(" ()[]", *at); at++) *bracket = *bracket || *at == '[' || *at == ']';
    size_t size = strcspn(at, " ()[]");
    add(word, at, size);
    return size > 0 ? at + size : NULL;
}

static void read_arguments(reader *r, const char *line) {
    buffer word = {0}, last = {0}; /* the option before this word */
    bool bracket = false;
    for (const char *at = line; (at = next_word(at, &word, &bracket)) != NULL;) {
        bool is_option = strncmp(word.data, "--", 2) == 0;
        if (last.size > 0 && !bracket && !is_option && strcmp(word.data, "|") != 0)
            take_value(r, last.data, word.data);
        else if (is_option)
            add_word(&r->options, word.data);
        else
            add_alternatives(&r->words, word.data);
        clear(&last);
        if (is_option) add_text(&last, word.data);
    }
    release(&word);
    release(&last);
}

static void release_reader(reader *r) {
    release(&r->words);
    release(&r->options);
    release(&r->valued);
    release(&r->cases);
}

/* Actions that commands of their own do. */
static bool has_command(int32_t verb) {
    static const int32_t verbs[] = {COMPLAINT_VERB_RECEIVE, COMPLAINT_VERB_TRIAGE, COMPLAINT_VERB_SET_ASIDE, COMPLAINT_VERB_CHECK_CHANNEL};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (verbs[i] == verb) return true;
    return false;
}

/* An action's name is a word of `do`. */
static void add_verbs(buffer *words) {
    for (int32_t verb = 1; verb < 200; verb++) {
        const char *name = complaint_verb_name(verb);
        if (name && !has_command(verb)) add_word(words, name);
    }
}

static void add_commands(buffer *words) {
    for (const command *at = commands; at->name; at++) add_word(words, at->name);
}

static const char *text_of(const buffer *b) { return b->size > 0 ? b->data : ""; }

/* What may follow a command: its words; of help, the commands; of do, the actions. */
static void read_command(reader *r, const command *of) {
    read_arguments(r, of->arguments);
    if (of->run == run_help) add_commands(&r->words);
    if (of->run == run_do) add_verbs(&r->words);
}

static void read_general(reader *r) {
    buffer line = {0};
    clear(&line);
    add_option_lines(&line);
    read_arguments(r, line.data);
    add_word(&r->options, "--help");
    add_word(&r->options, "--version");
    add_commands(&r->words);
    release(&line);
}

/* Fields and codes are the policy's, and which of them an action takes now is the case's: the program is asked, as the words before the command say. Both shells read this. */
static void print_fields_function(void) {
    printf("_complaint_fields() { # ACTION CASE WHAT-IS-TYPED, and the words before the command\n"
           "  local action=$1 number=$2 given=$3 told\n  shift 3\n"
           "  told=$(\"$@\" --json do help \"$number\" \"$action\" 2>/dev/null) || return\n"
           "  if [[ $given != *=* ]]; then\n    printf '%%s' \"$told\" | grep -o '\"field\":\"[^\"]*\"' | cut -d'\"' -f4\n    return\n  fi\n"
           "  [[ $told == *\"\\\"field\\\":\\\"${given%%%%=*}\\\"\"* ]] || return\n"
           "  told=${told#*\"\\\"field\\\":\\\"${given%%%%=*}\\\"\"}\n"
           "  printf '%%s' \"${told%%%%\\\"field\\\":*}\" | grep -o '\"code\":\"[^\"]*\"' | cut -d'\"' -f4\n}\n\n");
}

/* ---- bash ---- */

static void add_case_bash(buffer *out, const char *name, const char *values) {
    add_text(out, "    ");
    add_text(out, name);
    add_text(out, ") COMPREPLY=($(compgen -W '");
    add_text(out, values);
    add_text(out, "' -- \"$current\")); return ;;\n");
}

static void print_values_bash(const reader *r) {
    if (r->valued.size == 0) return;
    printf("    case $previous in\n%s    %s) return ;;\n    esac\n", text_of(&r->cases), r->valued.data);
}

static void print_command_bash(const command *of) {
    reader r = {.add_case = add_case_bash};
    read_command(&r, of);
    printf("  %s)\n    words='%s' options='%s'\n", of->name, text_of(&r.words), text_of(&r.options));
    print_values_bash(&r);
    if (of->run == run_do)
        printf("    if ((last > i + 2)) && [[ $current != -* && ${typed[i+1]} != help ]]; then\n"
               "      words=$(_complaint_fields \"${typed[i+1]}\" \"${typed[i+2]}\" \"$current\" \"${typed[@]:0:i}\")\n"
               "      [[ $current == *=* ]] || { words=${words//$'\\n'/=$'\\n'}${words:+=}; compopt -o nospace; }\n"
               "      COMPREPLY=($(compgen -W \"$words\" -- \"${current#*=}\")) # what stands before = is a word of its own\n      return\n    fi\n");
    printf("    ;;\n");
    release_reader(&r);
}

static void print_bash(void) {
    reader r = {.add_case = add_case_bash};
    read_general(&r);
    printf("# Completion of complaint(1) for bash. Printed by `complaint completion bash`; not to be edited.\n\n");
    print_fields_function();
    printf("_complaint() {\n"
           "  local line=${COMP_LINE:0:COMP_POINT} current previous command= words options i last\n  local -a typed\n"
           "  read -ra typed <<< \"$line\" # COMP_WORDS are parted at : and = too\n"
           "  [[ $line == *[[:blank:]] ]] && typed+=('')\n"
           "  last=$((${#typed[@]} - 1)) current=${typed[last]} previous=${typed[last-1]}\n"
           "  for ((i = 1; i < last; i++)); do\n    case ${typed[i]} in\n    %s) i=$((i + 1)) ;;\n    -*) ;;\n    *) command=${typed[i]}; break ;;\n    esac\n  done\n"
           "  COMPREPLY=()\n  case $command in\n  '')\n    words='%s' options='%s'\n",
           r.valued.data, r.words.data, r.options.data);
    print_values_bash(&r);
    printf("    ;;\n");
    for (const command *at = commands; at->name; at++) print_command_bash(at);
    printf("  esac\n  case $current in\n  -*) COMPREPLY=($(compgen -W \"$options\" -- \"$current\")) ;;\n"
           "  *) COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n  esac\n}\ncomplete -o default -F _complaint complaint\n");
    release_reader(&r);
}

/* ---- zsh ---- */

static void add_case_zsh(buffer *out, const char *name, const char *values) {
    add_text(out, "    ");
    add_text(out, name);
    add_text(out, ") compadd -- ");
    add_text(out, values);
    add_text(out, "; return ;;\n");
}

static void print_values_zsh(const reader *r) {
    if (r->valued.size == 0) return;
    printf("    case $previous in\n%s    %s) _files; return ;;\n    esac\n", text_of(&r->cases), r->valued.data);
}

static void print_command_zsh(const command *of) {
    reader r = {.add_case = add_case_zsh};
    read_command(&r, of);
    printf("  %s)\n    possible=(%s) options=(%s)\n", of->name, text_of(&r.words), text_of(&r.options));
    print_values_zsh(&r);
    if (of->run == run_do)
        printf("    if ((CURRENT > i + 2)) && [[ ${words[CURRENT]} != -* && ${words[i+1]} != help ]]; then\n"
               "      possible=(${(f)\"$(_complaint_fields \"${words[i+1]}\" \"${words[i+2]}\" \"${words[CURRENT]}\" \"${(@)words[1,i-1]}\")\"})\n"
               "      if compset -P '*='; then compadd -- $possible; else compadd -S = -- $possible; fi\n      return\n    fi\n");
    printf("    ;;\n");
    release_reader(&r);
}

static void print_zsh(void) {
    reader r = {.add_case = add_case_zsh};
    read_general(&r);
    printf("#compdef complaint\n# Completion of complaint(1) for zsh. Printed by `complaint completion zsh`; not to be edited.\n\n");
    print_fields_function();
    printf("_complaint() {\n"
           "  local previous=${words[CURRENT-1]} command= i\n  local -a possible options\n"
           "  for ((i = 2; i < CURRENT; i++)); do\n    case ${words[i]} in\n    %s) i=$((i + 1)) ;;\n    -*) ;;\n    *) command=${words[i]}; break ;;\n    esac\n  done\n"
           "  case $command in\n  '')\n    possible=(%s) options=(%s)\n",
           r.valued.data, r.words.data, r.options.data);
    print_values_zsh(&r);
    printf("    ;;\n");
    for (const command *at = commands; at->name; at++) print_command_zsh(at);
    printf("  esac\n  if [[ ${words[CURRENT]} == -* ]]; then\n    compadd -- $options\n  else\n    compadd -- $possible || _files\n  fi\n}\n_complaint \"$@\"\n");
    release_reader(&r);
}

int run_completion(cli *c, int argc, char **argv) {
    argc = take_options(c, argc, argv, NULL, 0);
    if (argc < 0) return CLI_MISUSED;
    if (argc == 1 && strcmp(argv[0], "bash") == 0) return print_bash(), CLI_DONE;
    if (argc == 1 && strcmp(argv[0], "zsh") == 0) return print_zsh(), CLI_DONE;
    return misuse(c, "ใช้ completion bash หรือ completion zsh", "it is completion bash or completion zsh", argc > 0 ? argv[0] : NULL);
}
