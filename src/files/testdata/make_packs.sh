#!/bin/sh
# Makes the packs that git_objects_test.ts reads, with git 2.39: every object of a history of three commits, once with changes of objects at
# an offset (offset.pack) and once of an id (id.pack).
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
git init -q .
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
for i in 1 2 3; do
  mkdir -p folder
  # More than the 65,536 bytes that one copy of a change can take at most.
  { seq 1 300; echo "changed in commit $i"; for _ in $(seq 100); do seq 1 400; done; } > folder/long.txt
  printf 'short %s\n' "$i" > short.txt
  git add .
  export GIT_AUTHOR_DATE="2026-01-0$i 12:00:00 +0000" GIT_COMMITTER_DATE="2026-01-0$i 12:00:00 +0000"
  git commit -q -m "commit $i"
done
rm -rf "$here/git-offset" "$here/git-id"
for kind in offset id; do
  mkdir -p "$here/git-$kind/objects/pack"
  option=$([ "$kind" = offset ] && echo --delta-base-offset || echo --no-delta-base-offset)
  git rev-list --objects --all | git pack-objects -q --no-reuse-delta $option "$here/git-$kind/objects/pack/pack" > /dev/null
done
chmod 644 "$here"/git-*/objects/pack/*
rm -rf "$work"
