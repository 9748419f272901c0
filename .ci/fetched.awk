# Tells from what pip says how far it is: one line that is written over on a terminal (live=1), else one every ten packages. `all` is how many there
# are. The last line it is given is "exit N", pip's own end, with which it ends too; pip's complaints don't come by here.
function tell(now) {
  line = sprintf("  %d of %d packages, %.1f MB%s", number, all, size, now == "" ? "" : ": " now)
  if (live) printf "\r%-72.72s", line
  else if (number % 10 == 0 && number > told) { print line; told = number }
  fflush()
}
/^(Collecting|Processing|Requirement already satisfied)/ { number++; tell("") }
/^ +(Downloading|Using cached) / && !/\.metadata/ {
  size += substr($(NF - 1), 2) * ($NF ~ /^GB/ ? 1000 : $NF ~ /^MB/ ? 1 : $NF ~ /^kB/ ? 0.001 : 0.000001)
  name = $(NF - 2); sub(/-[0-9].*/, "", name); tell(name)
}
/^Installing collected packages/ { if (live) printf "\r%-72s\r", ""; printf "  %d packages are here, %.1f MB. Installing them ...\n", number, size; fflush() }
/^exit / { exit $2 }
