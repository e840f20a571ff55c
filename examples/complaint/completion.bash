# Completion of complaint(1) for bash. Printed by `complaint completion bash`; not to be edited.

_complaint_fields() { # ACTION CASE WHAT-IS-TYPED, and the words before the command
  local action=$1 number=$2 given=$3 told
  shift 3
  told=$("$@" --json do help "$number" "$action" 2>/dev/null) || return
  if [[ $given != *=* ]]; then
    printf '%s' "$told" | grep -o '"field":"[^"]*"' | cut -d'"' -f4
    return
  fi
  [[ $told == *"\"field\":\"${given%%=*}\""* ]] || return
  told=${told#*"\"field\":\"${given%%=*}\""}
  printf '%s' "${told%%\"field\":*}" | grep -o '"code":"[^"]*"' | cut -d'"' -f4
}

_complaint() {
  local line=${COMP_LINE:0:COMP_POINT} current previous command= words options i last
  local -a typed
  read -ra typed <<< "$line" # COMP_WORDS are parted at : and = too
  [[ $line == *[[:blank:]] ]] && typed+=('')
  last=$((${#typed[@]} - 1)) current=${typed[last]} previous=${typed[last-1]}
  for ((i = 1; i < last; i++)); do
    case ${typed[i]} in
    --db|--policy|--calendar|--as|--unit|--on-behalf|--acting-for|--at|--outbox|--sync) i=$((i + 1)) ;;
    -*) ;;
    *) command=${typed[i]}; break ;;
    esac
  done
  COMPREPLY=()
  case $command in
  '')
    words='init receive triage do show message inbox worklist today duty tick recompute deliver verify seal import export import-archive report policy calendar date redact classify completion help' options='--db --policy --calendar --as --unit --on-behalf --acting-for --at --outbox --sync --json --read-only --help --version'
    case $previous in
    --sync) COMPREPLY=($(compgen -W 'full normal off' -- "$current")); return ;;
    --db|--policy|--calendar|--as|--unit|--on-behalf|--acting-for|--at|--outbox|--sync) return ;;
    esac
    ;;
  init)
    words='' options=''
    ;;
  receive)
    words='' options='--channel --from --id --thread --address --sent-at --evidence'
    case $previous in
    --channel|--from|--id|--thread|--address|--sent-at|--evidence) return ;;
    esac
    ;;
  triage)
    words='' options='--open --join --set-aside --request-id --happened --evidence'
    case $previous in
    --join|--set-aside|--request-id|--happened|--evidence) return ;;
    esac
    ;;
  do)
    words='help split add_message add_complainant register acknowledge admit reject classify flag assign recuse escalate consider contact memo order forward refer answer accept hand_back follow_up report_progress extend request_info resume report_result notify_result attempt reply_origin report_breach close reopen withdraw link unlink add_evidence add_paper note reveal erase executive_intake correct update_complainant' options='--request-id --revision --happened --message --evidence'
    case $previous in
    --request-id|--revision|--happened|--message|--evidence) return ;;
    esac
    if ((last > i + 2)) && [[ $current != -* && ${typed[i+1]} != help ]]; then
      words=$(_complaint_fields "${typed[i+1]}" "${typed[i+2]}" "$current" "${typed[@]:0:i}")
      [[ $current == *=* ]] || { words=${words//$'\n'/=$'\n'}${words:+=}; compopt -o nospace; }
      COMPREPLY=($(compgen -W "$words" -- "${current#*=}")) # what stands before = is a word of its own
      return
    fi
    ;;
  show)
    words='' options='--explain'
    ;;
  message)
    words='' options=''
    ;;
  inbox)
    words='new opened joined set_aside reply' options=''
    ;;
  worklist)
    words='open mine unit unacknowledged head chase undated refused duties due overdue' options=''
    ;;
  today)
    words='' options=''
    ;;
  duty)
    words='check assign list' options='--happened --request-id --day --from --to'
    case $previous in
    --happened|--request-id|--day|--request-id|--from|--to) return ;;
    esac
    ;;
  tick)
    words='' options=''
    ;;
  recompute)
    words='' options='--budget --token'
    case $previous in
    --budget|--token) return ;;
    esac
    ;;
  deliver)
    words='' options=''
    ;;
  verify)
    words='' options='--recompute --budget --token'
    case $previous in
    --budget|--token) return ;;
    esac
    ;;
  seal)
    words='' options='--until'
    case $previous in
    --until) return ;;
    esac
    ;;
  import)
    words='facebook register line messenger' options='--channel --encoding --mapping --refused --dry-run --print-mapping --signature --secret-file'
    case $previous in
    --channel|--encoding|--mapping|--refused|--signature|--secret-file|--channel) return ;;
    esac
    ;;
  export)
    words='' options=''
    ;;
  import-archive)
    words='' options='--check --keep-waiting --keep-going'
    ;;
  report)
    words='' options='--fiscal-year --round --format --output'
    case $previous in
    --round) COMPREPLY=($(compgen -W '6 12' -- "$current")); return ;;
    --format) COMPREPLY=($(compgen -W 'text json' -- "$current")); return ;;
    --fiscal-year|--round|--format|--output) return ;;
    esac
    ;;
  policy)
    words='list show check' options=''
    ;;
  calendar)
    words='holidays due count' options='--from --length --unit --roll --province --explain'
    case $previous in
    --unit) COMPREPLY=($(compgen -W 'working_days calendar_days' -- "$current")); return ;;
    --roll) COMPREPLY=($(compgen -W 'none following preceding' -- "$current")); return ;;
    --from|--length|--unit|--roll|--province) return ;;
    esac
    ;;
  date)
    words='parse format' options='--reference --style --thai-digits'
    case $previous in
    --style) COMPREPLY=($(compgen -W 'long short numeric official' -- "$current")); return ;;
    --reference|--style) return ;;
    esac
    ;;
  redact)
    words='' options='--name --words'
    case $previous in
    --name|--words) return ;;
    esac
    ;;
  classify)
    words='' options='--model --share'
    case $previous in
    --model|--share) return ;;
    esac
    ;;
  completion)
    words='bash zsh' options=''
    ;;
  help)
    words='init receive triage do show message inbox worklist today duty tick recompute deliver verify seal import export import-archive report policy calendar date redact classify completion help' options=''
    ;;
  esac
  case $current in
  -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
  *) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
  esac
}
complete -o default -F _complaint complaint
