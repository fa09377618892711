#!/usr/bin/env bash
# The same commands with one thread and with two: every result file must be the same, byte by byte.
# Arguments: the program, a table of activities with a split, a file of SMILES, and a work folder.
set -euo pipefail
osong="$(realpath "$1")" table="$(realpath "$2")" smiles="$(realpath "$3")" work="$4"
mkdir -p "$work"
cd "$work"
rm -rf threads-1 threads-2

for threads in 1 2; do
  # The same relative paths in both, so that records of the command differ in nothing else.
  mkdir "threads-$threads"
  (
    cd "threads-$threads"
    "$osong" train "$table" -o model --value-column 'exp_mean [nM]' --nanomolar \
      --threads "$threads" --quiet
    "$osong" library build library.olib "$smiles" --threads "$threads" --quiet
    "$osong" predict model "$smiles" -o predicted.csv --threads "$threads" --quiet
    "$osong" screen library.olib --model model --top 100 -o result --threads "$threads" --quiet
  )
done

# timing.json holds what a run took and how many threads it had; nothing else may differ.
failed=0
while IFS= read -r file; do
  if ! cmp -s "threads-1/$file" "threads-2/$file"; then
    echo "differs: $file"
    diff <(tr ',{' '\n\n' < "threads-1/$file") <(tr ',{' '\n\n' < "threads-2/$file") \
      | cut -c1-160 | head -20 || true
    failed=1
  fi
done < <(cd threads-1 && find . -type f ! -name timing.json | sort)
diff <(cd threads-1 && find . -type f | sort) <(cd threads-2 && find . -type f | sort) || failed=1
[ "$failed" = 0 ] && echo "identical: $(find threads-1 -type f ! -name timing.json | wc -l) files"
exit "$failed"
