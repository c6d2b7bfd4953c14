/* Read before each file of AWS-LC in the static build (`cargo xtask dist cli`).

   AWS-LC has one switch for all that it does with AVX-512: AES-GCM, which is 0.7 MB of code for bulk data and
   nothing for a session of a few KB, and RSA, which without it takes 0.56 ms instead of 0.23. Its header of RSA
   read first, with the switch on, keeps RSA; AES-GCM is then what processors without AVX-512 get. Where
   AWS-LC has moved that header, all stays as it is without this file. */
#if !defined(__ASSEMBLER__) && __has_include(<../crypto/fipsmodule/bn/rsaz_exp.h>)
#include <../crypto/fipsmodule/bn/rsaz_exp.h>
#define MY_ASSEMBLER_IS_TOO_OLD_FOR_512AVX
#endif
