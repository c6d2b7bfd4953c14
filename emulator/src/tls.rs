//! TLS for the port: rustls on AWS-LC, with a certificate from [`Authority`](crate::pki::Authority).

use crate::pki::{IssuedLeaf, certificates_from_pem, decode_pem};
use pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rustls::crypto::aws_lc_rs::default_provider;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// What accepts TLS 1.2 and 1.3 with this certificate.
pub(crate) fn acceptor(leaf: &IssuedLeaf) -> Result<TlsAcceptor> {
    let chain = certificates_from_pem(&leaf.chain_pem())?;
    let chain = [leaf.certificate_der().to_vec()].into_iter().chain(chain);
    let chain = chain.map(CertificateDer::from).collect();
    let key = decode_pem("PRIVATE KEY", &leaf.private_key_pem()?)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key));
    let mut config = config.map_err(|error| {
        let message = format!("TLS cannot be had with this certificate: {error}");
        Error::new(ErrorCode::OptionInvalid, message)
            .with_hint("use a P-256 or RSA certificate for the server")
    })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
