;; Finds the bytes around which a line may matter, and counts lines, sixteen bytes at a time.
;; Assembled into scan-module.ts; test/node/skim.test.ts holds the two equal.
(module
  (memory (export "memory") 40)
  ;; Line feeds before the place that the last call returned.
  (global $lines (export "lines") (mut i32) (i32.const 0))

  ;; The first place in [at, end) where "oom", "kill", "mory", "mem-", "allo" or "ux v" begins, in any case, or end.
  ;; Three bytes behind `end` are looked at too.
  (func (export "find") (param $at i32) (param $end i32) (result i32)
    (local $raw v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $feeds i32) (local $hits i32) (local $place i32)
    (global.set $lines (i32.const 0))
    (loop $next
      (if (i32.ge_s (local.get $at) (local.get $end)) (then (return (local.get $end))))
      (local.set $raw (v128.load align=1 (local.get $at)))
      ;; Letters in lower case; "-" and " " have that bit set.
      (local.set $a (v128.or (local.get $raw) (i8x16.splat (i32.const 0x20))))
      (local.set $b (v128.or (v128.load offset=1 align=1 (local.get $at)) (i8x16.splat (i32.const 0x20))))
      (local.set $c (v128.or (v128.load offset=2 align=1 (local.get $at)) (i8x16.splat (i32.const 0x20))))
      (local.set $d (v128.or (v128.load offset=3 align=1 (local.get $at)) (i8x16.splat (i32.const 0x20))))
      (local.set $feeds (i8x16.bitmask (i8x16.eq (local.get $raw) (i8x16.splat (i32.const 10)))))
      (local.set $hits (i8x16.bitmask
        (v128.or
          (v128.or
            ;; oom
            (v128.and
              (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x6f)))
              (v128.and
                (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x6f)))
                (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x6d)))))
            ;; m: mory, mem-
            (v128.and
              (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x6d)))
              (v128.or
                (v128.and
                  (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x6f)))
                  (v128.and
                    (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x72)))
                    (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x79)))))
                (v128.and
                  (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x65)))
                  (v128.and
                    (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x6d)))
                    (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x2d))))))))
          (v128.or
            ;; kill
            (v128.and
              (v128.and
                (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x6b)))
                (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x69))))
              (v128.and
                (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x6c)))
                (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x6c)))))
            (v128.or
              ;; allo
              (v128.and
                (v128.and
                  (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x61)))
                  (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x6c))))
                (v128.and
                  (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x6c)))
                  (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x6f)))))
              ;; ux v
              (v128.and
                (v128.and
                  (i8x16.eq (local.get $a) (i8x16.splat (i32.const 0x75)))
                  (i8x16.eq (local.get $b) (i8x16.splat (i32.const 0x78))))
                (v128.and
                  (i8x16.eq (local.get $c) (i8x16.splat (i32.const 0x20)))
                  (i8x16.eq (local.get $d) (i8x16.splat (i32.const 0x76))))))))))
      (if (local.get $hits)
        (then
          (local.set $place (i32.add (local.get $at) (i32.ctz (local.get $hits))))
          (if (i32.lt_s (local.get $place) (local.get $end))
            (then
              (global.set $lines (i32.add (global.get $lines) (i32.popcnt (i32.and (local.get $feeds)
                (i32.sub (i32.shl (i32.const 1) (i32.ctz (local.get $hits))) (i32.const 1))))))
              (return (local.get $place))))))
      (if (i32.gt_s (i32.add (local.get $at) (i32.const 16)) (local.get $end))
        (then
          (global.set $lines (i32.add (global.get $lines) (i32.popcnt (i32.and (local.get $feeds)
            (i32.sub (i32.shl (i32.const 1) (i32.sub (local.get $end) (local.get $at))) (i32.const 1))))))
          (return (local.get $end))))
      (global.set $lines (i32.add (global.get $lines) (i32.popcnt (local.get $feeds))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next))
    (unreachable))
)
