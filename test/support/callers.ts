import type { Caller, JsonObject } from './recordBuilder';
import { isoSeconds } from './recordBuilder';
import { seededRandom } from './random';

/** Identities in the shapes of the CloudTrail user guide, "CloudTrail userIdentity element". */

type CallerOrigin = Pick<Caller, 'sourceIPAddress' | 'userAgent'>;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An id such as `AROA…` or `ASIA…`: always the same one for the same name. */
export function uniqueId(prefix: 'AIDA' | 'AKIA' | 'AROA' | 'ASIA', name: string): string {
  const random = seededRandom(`${prefix} ${name}`);
  return prefix + Array.from({ length: 16 }, () => BASE32[random.integer(0, 31)]).join('');
}

/** An IAM user with a long-term access key. */
export function iamUser(accountId: string, userName: string, origin: CallerOrigin): Caller {
  const identity: JsonObject = {
    type: 'IAMUser',
    principalId: uniqueId('AIDA', accountId + userName),
    arn: `arn:aws:iam::${accountId}:user/${userName}`,
    accountId,
    accessKeyId: uniqueId('AKIA', accountId + userName),
    userName,
  };
  return { userIdentity: () => identity, ...origin, overTls: true };
}

export interface RoleSession {
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** Temporary credentials are renewed this often; half a day when left out. */
  readonly renewedEverySeconds?: number;
  /** Extra members of `sessionContext`, such as `ec2RoleDelivery`. */
  readonly sessionContext?: JsonObject;
  /** Extra members of `userIdentity`, such as `invokedBy`. */
  readonly identity?: JsonObject;
  readonly mfaAuthenticated?: boolean;
}

/** A session of an assumed role: an instance, a function, a pipeline or a person signed in through a directory. */
export function assumedRole(session: RoleSession, origin: CallerOrigin): Caller {
  const { renewedEverySeconds = 43_200 } = session;
  const phase = seededRandom(session.roleName + session.sessionName).integer(0, 599);
  let identity: JsonObject = {};
  let renewed = -1;
  const userIdentity = (epochSeconds: number): JsonObject => {
    const creation = epochSeconds - ((epochSeconds - phase) % renewedEverySeconds);
    if (creation !== renewed) identity = roleIdentity(session, creation);
    renewed = creation;
    return identity;
  };
  return { userIdentity, ...origin, overTls: !session.identity?.invokedBy };
}

function roleIdentity(session: RoleSession, creation: number): JsonObject {
  const { accountId, roleName, sessionName } = session;
  const principalId = uniqueId('AROA', accountId + roleName);
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${sessionName}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    accountId,
    accessKeyId: uniqueId('ASIA', `${accountId}${roleName}${sessionName}${creation}`),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: `arn:aws:iam::${accountId}:role/${roleName}`,
        accountId,
        userName: roleName,
      },
      attributes: {
        creationDate: isoSeconds(creation),
        mfaAuthenticated: String(session.mfaAuthenticated ?? false),
      },
      ...session.sessionContext,
    },
    ...session.identity,
  };
}

/** A service acting on its own, such as `lambda.amazonaws.com` assuming a role. */
export function awsService(service: string): Caller {
  const invokedBy = `${service}.amazonaws.com`;
  const identity: JsonObject = { type: 'AWSService', invokedBy };
  return {
    userIdentity: () => identity,
    sourceIPAddress: invokedBy,
    userAgent: invokedBy,
    overTls: false,
  };
}
