/** Whether what is called so is a secret: `jwt_secret`, `app.settings.service_role_key`, `apiKey`; not `password_encryption`. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  return SECRET.test(words) && !ABOUT.test(words)
}

const SECRET =
  /secret|passw(?:or)?d|passphrase|(?:^|[._-])pwd|token|credential|(?:api|access|private|service|role|encryption|signing|master|auth|anon|jwt|hmac|license)[._-]?key|apikey/

/** What is said about a secret: how long it holds, what it is called, where it is. */
const ABOUT =
  /(?:encryption|algorithm|ttl|exp|expiry|expires?(?:_(?:in|at))?|expiration|lifetime|timeout|length|min|max|count|limit|id|ids|type|kind|name|url|uri|endpoint|path|file|issuer|audience|claims?|claim_key|header|required|enabled|rotation|version|policy|strength|hint|column|field)$/
