/** The members of `userIdentity` that name a caller; undefined when absent. */
export interface UserIdentity {
  readonly type?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly invokedBy?: string;
  readonly userName?: string;
  readonly principalId?: string;
  readonly sessionIssuerArn?: string;
}

/**
 * Who called, as Insights attributes it. A role stands without its session name, as in AWS's own records; then the ARN,
 * the service (`AWSService`, service events), the account with the type of identity (`AWSAccount`,
 * `IdentityCenterUser`), the user name, the principal. Empty when the record names nobody.
 */
export function userIdentityLabel(identity: UserIdentity): string {
  const { arn, accountId, invokedBy, type } = identity;
  if (arn) return withoutSession(arn);
  if (type === 'Role' && identity.sessionIssuerArn) return identity.sessionIssuerArn;
  if (invokedBy) return invokedBy;
  if (accountId) return type ? `${type} ${accountId}` : accountId;
  return identity.userName || identity.principalId || type || '';
}

/** `arn:aws:sts::…:assumed-role/Admin/alice` → `arn:aws:sts::…:assumed-role/Admin`; every other ARN as it is. */
function withoutSession(arn: string): string {
  const role = arn.indexOf(ASSUMED_ROLE);
  const session = role < 0 ? -1 : arn.indexOf('/', role + ASSUMED_ROLE.length);
  return session < 0 ? arn : arn.slice(0, session);
}

const ASSUMED_ROLE = ':assumed-role/';
