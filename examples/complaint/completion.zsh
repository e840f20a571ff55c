#compdef complaint
# Completion of complaint(1) for zsh. Printed by `complaint completion zsh`; not to be edited.

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
  local previous=${words[CURRENT-1]} command= i
  local -a possible options
  for ((i = 2; i < CURRENT; i++)); do
    case ${words[i]} in
    --db|--policy|--calendar|--as|--unit|--on-behalf|--acting-for|--at|--outbox|--sync) i=$((i + 1)) ;;
    -*) ;;
    *) command=${words[i]}; break ;;
    esac
  done
  case $command in
  '')
    possible=(init receive triage do show message inbox worklist today duty tick recompute deliver verify seal import export import-archive report policy calendar date redact classify completion help) options=(--db --policy --calendar --as --unit --on-behalf --acting-for --at --outbox --sync --json --read-only --help --version)
    case $previous in
    --sync) compadd -- full normal off; return ;;
    --db|--policy|--calendar|--as|--unit|--on-behalf|--acting-for|--at|--outbox|--sync) _files; return ;;
    esac
    ;;
  init)
    possible=() options=()
    ;;
  receive)
    possible=() options=(--channel --from --id --thread --address --sent-at --evidence)
    case $previous in
    --channel|--from|--id|--thread|--address|--sent-at|--evidence) _files; return ;;
    esac
    ;;
  triage)
    possible=() options=(--open --join --set-aside --request-id --happened --evidence)
    case $previous in
    --join|--set-aside|--request-id|--happened|--evidence) _files; return ;;
    esac
    ;;
  do)
    possible=(help split add_message add_complainant register acknowledge admit reject classify flag assign recuse escalate consider contact memo order forward refer answer accept hand_back follow_up report_progress extend request_info resume report_result notify_result attempt reply_origin report_breach close reopen withdraw link unlink add_evidence add_paper note reveal erase executive_intake correct update_complainant) options=(--request-id --revision --happened --message --evidence)
    case $previous in
    --request-id|--revision|--happened|--message|--evidence) _files; return ;;
    esac
    if ((CURRENT > i + 2)) && [[ ${words[CURRENT]} != -* && ${words[i+1]} != help ]]; then
      possible=(${(f)"$(_complaint_fields "${words[i+1]}" "${words[i+2]}" "${words[CURRENT]}" "${(@)words[1,i-1]}")"})
      if compset -P '*='; then compadd -- $possible; else compadd -S = -- $possible; fi
      return
    fi
    ;;
  show)
    possible=() options=(--explain)
    ;;
  message)
    possible=() options=()
    ;;
  inbox)
    possible=(new opened joined set_aside reply) options=()
    ;;
  worklist)
    possible=(open mine unit unacknowledged head chase undated refused duties due overdue) options=()
    ;;
  today)
    possible=() options=()
    ;;
  duty)
    possible=(check assign list) options=(--happened --request-id --day --from --to)
    case $previous in
    --happened|--request-id|--day|--request-id|--from|--to) _files; return ;;
    esac
    ;;
  tick)
    possible=() options=()
    ;;
  recompute)
    possible=() options=(--budget --token)
    case $previous in
    --budget|--token) _files; return ;;
    esac
    ;;
  deliver)
    possible=() options=()
    ;;
  verify)
    possible=() options=(--recompute --budget --token)
    case $previous in
    --budget|--token) _files; return ;;
    esac
    ;;
  seal)
    possible=() options=(--until)
    case $previous in
    --until) _files; return ;;
    esac
    ;;
  import)
    possible=(facebook register line messenger) options=(--channel --encoding --mapping --refused --dry-run --print-mapping --signature --secret-file)
    case $previous in
    --channel|--encoding|--mapping|--refused|--signature|--secret-file|--channel) _files; return ;;
    esac
    ;;
  export)
    possible=() options=()
    ;;
  import-archive)
    possible=() options=(--check --keep-waiting --keep-going)
    ;;
  report)
    possible=() options=(--fiscal-year --round --format --output)
    case $previous in
    --round) compadd -- 6 12; return ;;
    --format) compadd -- text json; return ;;
    --fiscal-year|--round|--format|--output) _files; return ;;
    esac
    ;;
  policy)
    possible=(list show check) options=()
    ;;
  calendar)
    possible=(holidays due count) options=(--from --length --unit --roll --province --explain)
    case $previous in
    --unit) compadd -- working_days calendar_days; return ;;
    --roll) compadd -- none following preceding; return ;;
    --from|--length|--unit|--roll|--province) _files; return ;;
    esac
    ;;
  date)
    possible=(parse format) options=(--reference --style --thai-digits)
    case $previous in
    --style) compadd -- long short numeric official; return ;;
    --reference|--style) _files; return ;;
    esac
    ;;
  redact)
    possible=() options=(--name --words)
    case $previous in
    --name|--words) _files; return ;;
    esac
    ;;
  classify)
    possible=() options=(--model --share)
    case $previous in
    --model|--share) _files; return ;;
    esac
    ;;
  completion)
    possible=(bash zsh) options=()
    ;;
  help)
    possible=(init receive triage do show message inbox worklist today duty tick recompute deliver verify seal import export import-archive report policy calendar date redact classify completion help) options=()
    ;;
  esac
  if [[ ${words[CURRENT]} == -* ]]; then
    compadd -- $options
  else
    compadd -- $possible || _files
  fi
}
_complaint "$@"
