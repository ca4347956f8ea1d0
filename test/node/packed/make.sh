#!/bin/sh
# Packs a sample with the programs that users pack logs with (gzip, bzip2, xz, zstd, lz4, GNU tar). The results are
# committed, so that no test depends on what is installed.
set -eu
cd "$(dirname "$0")"
log=../../../samples/4.18.0-147.el8.x86_64_amd64/m2_k8s.log
rm -f -- *.gz *.bz2 *.xz *.zst *.lz4 *.tar* *.tgz
head -c 2000 "$log" >head
tail -c +2001 "$log" >tail

gzip -nc "$log" >gzip.gz
{ gzip -nc head; gzip -nc1 tail; } >gzip-members.gz
bzip2 -c "$log" >bzip2.bz2
{ bzip2 -c1 head; bzip2 -c tail; } >bzip2-streams.bz2
xz -c "$log" >xz.xz
xz -c --check=crc32 "$log" >xz-crc32.xz
xz -c --check=sha256 "$log" >xz-sha256.xz
xz -c --block-size=1000 --lzma2=preset=6,lc=2,lp=2,pb=0 "$log" >xz-blocks.xz
{ xz -c head; printf '\0\0\0\0'; xz -c0 tail; } >xz-streams.xz
zstd -qc "$log" >zstd.zst
{ printf '\120\052\115\030\003\0\0\0abc'; zstd -qc19 head; zstd -qc tail; } >zstd-frames.zst
lz4 -qc "$log" >lz4.lz4
lz4 -qc -B4 -BD --content-size "$log" >lz4-linked.lz4
lz4 -qcl "$log" >lz4-legacy.lz4
{ lz4 -qc -BX head; lz4 -qc --no-frame-crc tail; } >lz4-frames.lz4

# A bundle as support tools make it: logs in folders, some packed again, and what is no log.
folder=sosreport-web-07-2026-10-17
long=$(printf 'long%.0s' $(seq 20))
mkdir -p "$folder/var/log/$long" "$folder/sos_commands/kernel"
cp "$log" "$folder/sos_commands/kernel/dmesg"
gzip -nc "$log" >"$folder/var/log/messages-20261017"
cp "$log" "$folder/var/log/$long/kern.log"
printf '\177ELF\2\1\1' >"$folder/vmcore"
: >"$folder/empty"
ln -s dmesg "$folder/sos_commands/kernel/link"
owned="--sort=name --owner=0 --group=0 --mtime=@1792231387 --blocking-factor=1"
for format in gnu pax ustar; do
  tar --format=$format $owned -cf tar-$format.tar "$folder"
done
xz -c tar-gnu.tar >tar.tar.xz
gzip -nc tar-pax.tar >tar.tgz
tar --format=v7 $owned -cf tar-v7.tar "$folder/sos_commands"
tar --format=gnu $owned -cf nested.tar tar.tar.xz zstd.zst
rm -r head tail "$folder" tar-gnu.tar tar-pax.tar
