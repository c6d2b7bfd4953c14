//! ECDSA with SHA-256 on any NIST curve, deterministic (RFC 6979).

use crate::crypto::errors::private_key_malformed;
use crate::error::Result;
use crate::signing::{KeyAlgorithm, PublicKey, Signature, SigningKey};
use alloc::boxed::Box;
use core::fmt;
use core::ops::Add;
use ecdsa::elliptic_curve::array::ArraySize;
use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::{
    AffinePoint, CurveArithmetic, FieldBytes, FieldBytesSize, PublicKey as Point, SecretKey,
};
use ecdsa::{EcdsaCurve, der, hazmat};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

struct EcdsaKey<C: EcdsaCurve> {
    secret: SecretKey<C>,
    public_key: PublicKey,
}

/// Takes a scalar of the curve's length. The public half is derived from it, once, and compared
/// with the one in the file where there is one: a wrong one would make signatures that nobody can
/// verify.
pub(super) fn load<C>(
    algorithm: KeyAlgorithm,
    scalar: &[u8],
    public_point: Option<&[u8]>,
) -> Result<Box<dyn SigningKey>>
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
    der::MaxSize<C>: ArraySize,
    <FieldBytesSize<C> as Add>::Output: Add<der::MaxOverhead> + ArraySize,
{
    let scalar = <&FieldBytes<C>>::try_from(scalar).map_err(|_| private_key_malformed())?;
    let secret = SecretKey::<C>::from_bytes(scalar).map_err(|_| private_key_malformed())?;
    let point = secret.public_key();
    // The file may hold its point compressed, so points are compared, not their bytes.
    if let Some(encoded) = public_point
        && Point::<C>::from_sec1_bytes(encoded).ok().as_ref() != Some(&point)
    {
        return Err(private_key_malformed());
    }
    let public_key = PublicKey::new(algorithm, point.to_sec1_point(false).as_bytes())?;
    Ok(Box::new(EcdsaKey { secret, public_key }))
}

impl<C> SigningKey for EcdsaKey<C>
where
    C: EcdsaCurve + CurveArithmetic,
    der::MaxSize<C>: ArraySize,
    <FieldBytesSize<C> as Add>::Output: Add<der::MaxOverhead> + ArraySize,
{
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The curve's own `sign_prehash` would take the nonce from the curve's customary hash, SHA-384
    /// or SHA-512: valid signatures, but not those of RFC 6979 A.2.6 and A.2.7 with SHA-256.
    fn sign(&self, message: &[u8]) -> Result<Signature> {
        let scalar = Zeroizing::new(self.secret.to_nonzero_scalar());
        let digest = Sha256::digest(message);
        let (signature, _) = hazmat::sign_prehashed_rfc6979::<C, Sha256>(&scalar, &digest, &[]);
        Ok(Signature::new(signature.to_der().as_bytes().to_vec()))
    }
}

impl<C: EcdsaCurve> fmt::Debug for EcdsaKey<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "RustCrypto({}, redacted)",
            self.public_key.algorithm().as_str()
        )
    }
}

/// `Some` when the signature holds.
pub(super) fn verify<C>(public_point: &[u8], message: &[u8], signature: &Signature) -> Option<()>
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
    der::MaxSize<C>: ArraySize,
    <FieldBytesSize<C> as Add>::Output: Add<der::MaxOverhead> + ArraySize,
{
    let point = Point::<C>::from_sec1_bytes(public_point).ok()?;
    let signature = ecdsa::Signature::<C>::from_der(signature.as_bytes()).ok()?;
    let digest = Sha256::digest(message);
    hazmat::verify_prehashed(&point.to_projective(), &digest, &signature).ok()
}
