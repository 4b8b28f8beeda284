package session

// Fault is what is wrong with a configuration or a file that it names. Errors of NewNetwork, ReadCookies
// and, for Kerberos, New hold one, with what it is about in brackets after it.
type Fault string

// Error is the sentence, in English.
func (f Fault) Error() string { return string(f) }

// The faults.
const (
	NoAuthorities  Fault = "the file of authorities holds no certificate in PEM (-----BEGIN CERTIFICATE-----)"
	WrongPhrase    Fault = "the passphrase does not open the PKCS#12 file"
	NoPKCS12       Fault = "this is no PKCS#12 file (.p12, .pfx) with a certificate and its key"
	EncryptedKey   Fault = "the key is encrypted: give certificate and key as PKCS#12 with its passphrase, or decrypt it into a file that only you can read (openssl pkey)"
	NoPair         Fault = "certificate and key are no pair in PEM"
	NoPin          Fault = "this is no SHA-256 of a key, in hexadecimal or base64"
	NoProxy        Fault = "a proxy is written as http://proxy.example.com:3128 or socks5://proxy.example.com:1080, its user and password apart"
	NoCookies      Fault = "no cookie in it: export cookies.txt (Netscape), a HAR with sensitive data, or paste \"copy as cURL\" of a page that you see signed in"
	NoHAR          Fault = "this JSON is no HAR (HTTP Archive)"
	OpenQuote      Fault = "a pasted command with a quote that does not end: paste all of it"
	NoKrb5Conf     Fault = "Kerberos is not configured here: give krb5-conf, or realm and kdc"
	NoRealm        Fault = "no Kerberos realm: give realm, or default_realm in krb5.conf"
	KDCWithoutName Fault = "kdc needs realm"
	NoKerberosUser Fault = "Kerberos needs user with password or keytab, or ccache"
)

// Faults lists them all, so that each can be said in other languages.
var Faults = []Fault{NoAuthorities, WrongPhrase, NoPKCS12, EncryptedKey, NoPair, NoPin, NoProxy, NoCookies, NoHAR, OpenQuote,
	NoKrb5Conf, NoRealm, KDCWithoutName, NoKerberosUser}
