;; What a word of four bytes, or of two numbers of 16 bits, does of a vector operation; and the product of two words as two.
(module
  (func $i8x16.add (param $a i32) (param $b i32) (result i32)
    (i32.xor
      (i32.add (i32.and (local.get $a) (i32.const 0x7f7f7f7f)) (i32.and (local.get $b) (i32.const 0x7f7f7f7f)))
      (i32.and (i32.xor (local.get $a) (local.get $b)) (i32.const 0x80808080))))
  (func $i8x16.sub (param $a i32) (param $b i32) (result i32)
    (i32.xor
      (i32.sub (i32.or (local.get $a) (i32.const 0x80808080)) (i32.and (local.get $b) (i32.const 0x7f7f7f7f)))
      (i32.and (i32.xor (i32.xor (local.get $a) (local.get $b)) (i32.const -1)) (i32.const 0x80808080))))
  ;; 255 in each byte whose highest bit is set.
  (func $whole (param $a i32) (result i32)
    (i32.mul (i32.and (i32.shr_u (local.get $a) (i32.const 7)) (i32.const 0x01010101)) (i32.const 255)))
  (func $i8x16.ne (param $a i32) (param $b i32) (result i32)
    (local.set $a (i32.xor (local.get $a) (local.get $b)))
    (call $whole
      (i32.or (local.get $a) (i32.add (i32.and (local.get $a) (i32.const 0x7f7f7f7f)) (i32.const 0x7f7f7f7f)))))
  (func $i8x16.lt_u (param $a i32) (param $b i32) (result i32)
    (call $whole
      (i32.or
        (i32.and (i32.xor (local.get $a) (i32.const -1)) (local.get $b))
        (i32.and
          (i32.xor (i32.xor (local.get $a) (local.get $b)) (i32.const -1))
          (call $i8x16.sub (local.get $a) (local.get $b))))))
  (func $i8x16.min_u (param $a i32) (param $b i32) (result i32)
    (i32.xor
      (local.get $b)
      (i32.and (i32.xor (local.get $a) (local.get $b)) (call $i8x16.lt_u (local.get $a) (local.get $b)))))
  (func $i8x16.shl (param $a i32) (param $bits i32) (result i32)
    (local.set $bits (i32.and (local.get $bits) (i32.const 7)))
    (i32.and
      (i32.shl (local.get $a) (local.get $bits))
      (i32.mul (i32.and (i32.shl (i32.const 255) (local.get $bits)) (i32.const 255)) (i32.const 0x01010101))))
  (func $i8x16.splat (param $a i32) (result i32)
    (i32.mul (i32.and (local.get $a) (i32.const 255)) (i32.const 0x01010101)))
  (func $i8x16.bitmask (param $a i32) (result i32)
    (i32.or
      (i32.or (i32.and (i32.shr_u (local.get $a) (i32.const 7)) (i32.const 1))
        (i32.and (i32.shr_u (local.get $a) (i32.const 14)) (i32.const 2)))
      (i32.or (i32.and (i32.shr_u (local.get $a) (i32.const 21)) (i32.const 4))
        (i32.and (i32.shr_u (local.get $a) (i32.const 28)) (i32.const 8)))))
  (func $held (param $a i32) (param $least i32) (param $most i32) (result i32)
    (local.set $a (select (local.get $a) (local.get $most) (i32.lt_s (local.get $a) (local.get $most))))
    (select (local.get $a) (local.get $least) (i32.gt_s (local.get $a) (local.get $least))))
  (func $i16x8.narrow_i32x4_s (param $a i32) (param $b i32) (result i32)
    (i32.or
      (i32.and (call $held (local.get $a) (i32.const -32768) (i32.const 32767)) (i32.const 0xffff))
      (i32.shl (call $held (local.get $b) (i32.const -32768) (i32.const 32767)) (i32.const 16))))
  (func $byte (param $a i32) (result i32)
    (i32.and (call $held (local.get $a) (i32.const -128) (i32.const 127)) (i32.const 255)))
  (func $half (param $a i32) (result i32)
    (i32.or
      (call $byte (i32.shr_s (i32.shl (local.get $a) (i32.const 16)) (i32.const 16)))
      (i32.shl (call $byte (i32.shr_s (local.get $a) (i32.const 16))) (i32.const 8))))
  (func $i8x16.narrow_i16x8_s (param $a i32) (param $b i32) (result i32)
    (i32.or (call $half (local.get $a)) (i32.shl (call $half (local.get $b)) (i32.const 16))))
  ;; To the nearest integer, to the even one of two: what is below 2^23 has its fraction pushed out.
  (func $f32.nearest (param $a f32) (result f32)
    (local $size f32) (local $whole f32)
    (local.set $size (f32.abs (local.get $a)))
    (local.set $whole (f32.sub (f32.add (local.get $size) (f32.const 8388608)) (f32.const 8388608)))
    (select
      (select (f32.neg (local.get $whole)) (local.get $whole) (f32.lt (local.get $a) (f32.const 0)))
      (local.get $a)
      (i32.and (f32.lt (local.get $size) (f32.const 8388608)) (f32.ne (local.get $a) (f32.const 0)))))
  ;; Towards 0, and no further than integers go; JavaScript goes round there.
  (func $i32.trunc_sat_f32_s (param $a f32) (result i32)
    (select
      (i32.const 0x80000000)
      (select (i32.const 0x7fffffff) (i32.trunc_sat_f32_s (local.get $a)) (f32.ge (local.get $a) (f32.const 2147483648)))
      (f32.lt (local.get $a) (f32.const -2147483648))))
  ;; The upper word of a product of two words without sign.
  (func $product.high (param $a i32) (param $b i32) (result i32)
    (local $al i32) (local $ah i32) (local $bl i32) (local $bh i32) (local $middle i32) (local $other i32)
    (local.set $al (i32.and (local.get $a) (i32.const 0xffff)))
    (local.set $ah (i32.shr_u (local.get $a) (i32.const 16)))
    (local.set $bl (i32.and (local.get $b) (i32.const 0xffff)))
    (local.set $bh (i32.shr_u (local.get $b) (i32.const 16)))
    (local.set $middle
      (i32.add (i32.mul (local.get $ah) (local.get $bl))
        (i32.shr_u (i32.mul (local.get $al) (local.get $bl)) (i32.const 16))))
    (local.set $other
      (i32.add (i32.mul (local.get $al) (local.get $bh)) (i32.and (local.get $middle) (i32.const 0xffff))))
    (i32.add
      (i32.add (i32.mul (local.get $ah) (local.get $bh)) (i32.shr_u (local.get $middle) (i32.const 16)))
      (i32.shr_u (local.get $other) (i32.const 16))))
)
