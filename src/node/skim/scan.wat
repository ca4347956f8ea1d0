;; Finds the bytes around which a line may matter, and counts lines, sixteen bytes at a time.
;; Assembled into scan-module.ts; test/node/skim.test.ts holds the two equal.
(module
  (memory (export "memory") 40)
  ;; Line feeds before the place that the last call returned.
  (global $lines (export "lines") (mut i32) (i32.const 0))

  ;; Words in bits: 1 oom, 2 kill, 4 mory and mem-, 8 allo, 16 "ux v", 32 rrec and "r mo", 64 _hig, 128 " 137" and ":137".
  ;; For each of four places that follow each other the words that the lower and the higher half of a byte allow.
  ;; What all eight halves allow may be a word, in any case.
  (global $a_low v128 (v128.const i8x16 0x80 0x08 0x20 0x00 0x00 0x10 0x00 0x00 0x00 0x00 0x80 0x02 0x00 0x04 0x00 0x41))
  (global $a_high v128 (v128.const i8x16 0x00 0x00 0x80 0x80 0x0f 0x70 0x0f 0x30 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00))
  (global $b_low v128 (v128.const i8x16 0x20 0x80 0x20 0x00 0x00 0x04 0x00 0x00 0x50 0x02 0x00 0x00 0x08 0x00 0x00 0x05))
  (global $b_high v128 (v128.const i8x16 0x00 0x00 0x20 0x80 0x4f 0x30 0x4f 0x30 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00))
  (global $c_low v128 (v128.const i8x16 0x10 0x00 0x04 0x80 0x00 0x20 0x00 0x00 0x00 0x40 0x00 0x00 0x0a 0x25 0x00 0x00))
  (global $c_high v128 (v128.const i8x16 0x00 0x00 0x10 0x80 0x6f 0x04 0x6f 0x04 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00))
  (global $d_low v128 (v128.const i8x16 0x01 0x01 0x01 0x21 0x01 0x01 0x11 0xc1 0x01 0x05 0x01 0x01 0x03 0x05 0x01 0x29))
  (global $d_high v128 (v128.const i8x16 0x01 0x01 0x05 0x81 0x6b 0x15 0x6b 0x15 0x01 0x01 0x01 0x01 0x01 0x01 0x01 0x01))

  ;; Whether one of the words stands at a place.
  (func $is_word (param $at i32) (result i32)
    (local $text i32)
    ;; Letters in lower case; digits, "-", ":" and " " have that bit set, "_" gets it.
    (local.set $text (i32.or (i32.load align=1 (local.get $at)) (i32.const 0x20202020)))
    (i32.eq (i32.and (local.get $text) (i32.const 0xffffff)) (i32.const 0x6d6f6f)) ;; oom
    (i32.eq (local.get $text) (i32.const 0x6c6c696b)) ;; kill
    i32.or
    (i32.eq (local.get $text) (i32.const 0x79726f6d)) ;; mory
    i32.or
    (i32.eq (local.get $text) (i32.const 0x2d6d656d)) ;; mem-
    i32.or
    (i32.eq (local.get $text) (i32.const 0x6f6c6c61)) ;; allo
    i32.or
    (i32.eq (local.get $text) (i32.const 0x76207875)) ;; "ux v"
    i32.or
    (i32.eq (local.get $text) (i32.const 0x63657272)) ;; rrec
    i32.or
    (i32.eq (local.get $text) (i32.const 0x6f6d2072)) ;; "r mo"
    i32.or
    (i32.eq (local.get $text) (i32.const 0x6769687f)) ;; _hig
    i32.or
    (i32.eq (local.get $text) (i32.const 0x37333120)) ;; " 137"
    i32.or
    (i32.eq (local.get $text) (i32.const 0x3733313a)) ;; :137
    i32.or
  )

  ;; The first place in [at, end) where a word begins, or end. Three bytes behind `end` are looked at too.
  (func (export "find") (param $at i32) (param $end i32) (result i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $feeds i32) (local $hits i32) (local $place i32)
    (global.set $lines (i32.const 0))
    (loop $next
      (if (i32.ge_s (local.get $at) (local.get $end)) (then (return (local.get $end))))
      (local.set $a (v128.load align=1 (local.get $at)))
      (local.set $b (v128.load offset=1 align=1 (local.get $at)))
      (local.set $c (v128.load offset=2 align=1 (local.get $at)))
      (local.set $d (v128.load offset=3 align=1 (local.get $at)))
      (local.set $feeds (i8x16.bitmask (i8x16.eq (local.get $a) (i8x16.splat (i32.const 10)))))
      (local.set $hits (i8x16.bitmask (i8x16.ne (i8x16.splat (i32.const 0))
        (v128.and
          (v128.and
            (v128.and
              (i8x16.swizzle (global.get $a_low) (v128.and (local.get $a) (i8x16.splat (i32.const 15))))
              (i8x16.swizzle (global.get $a_high) (i8x16.shr_u (local.get $a) (i32.const 4))))
            (v128.and
              (i8x16.swizzle (global.get $b_low) (v128.and (local.get $b) (i8x16.splat (i32.const 15))))
              (i8x16.swizzle (global.get $b_high) (i8x16.shr_u (local.get $b) (i32.const 4)))))
          (v128.and
            (v128.and
              (i8x16.swizzle (global.get $c_low) (v128.and (local.get $c) (i8x16.splat (i32.const 15))))
              (i8x16.swizzle (global.get $c_high) (i8x16.shr_u (local.get $c) (i32.const 4))))
            (v128.and
              (i8x16.swizzle (global.get $d_low) (v128.and (local.get $d) (i8x16.splat (i32.const 15))))
              (i8x16.swizzle (global.get $d_high) (i8x16.shr_u (local.get $d) (i32.const 4)))))))))
      (loop $check
        (if (local.get $hits)
          (then
            (local.set $place (i32.add (local.get $at) (i32.ctz (local.get $hits))))
            (if (i32.and (i32.lt_s (local.get $place) (local.get $end)) (call $is_word (local.get $place)))
              (then
                (global.set $lines (i32.add (global.get $lines) (i32.popcnt (i32.and (local.get $feeds)
                  (i32.sub (i32.shl (i32.const 1) (i32.ctz (local.get $hits))) (i32.const 1))))))
                (return (local.get $place))))
            (local.set $hits (i32.and (local.get $hits) (i32.sub (local.get $hits) (i32.const 1))))
            (br $check))))
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
