import { assumedRole, awsService, iamUser, type RoleSession } from '../callers';
import type { Call, Caller } from '../recordBuilder';
import { seededRandom } from '../random';

/** The company of the sample trail: two accounts, three account-and-Region scopes, and who works there. */

export type Scope = Pick<Call, 'recipientAccountId' | 'awsRegion'>;

const PROD = '111122223333';
const DEV = '444455556666';

export const PROD_US: Scope = { recipientAccountId: PROD, awsRegion: 'us-east-1' };
export const PROD_EU: Scope = { recipientAccountId: PROD, awsRegion: 'eu-west-1' };
export const DEV_US: Scope = { recipientAccountId: DEV, awsRegion: 'us-east-1' };

const SSM_AGENT = 'aws-sdk-go/1.55.5 (go1.23.8; linux; amd64) amazon-ssm-agent/';
const BOTO3 =
  'Boto3/1.35.71 md/Botocore#1.35.71 ua/2.0 os/linux#6.1.115 md/arch#x86_64 lang/python#3.12.7';
const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.76.0';

/** The addresses are those set aside for documentation (RFC 5737). */
const OFFICE = '203.0.113.24';
const VPC_EGRESS = '198.51.100.7';

/** Instance ids look like `i-05c30218156bcc246`. */
export function instanceId(index: number): string {
  const random = seededRandom(`instance ${index}`);
  return `i-0${Array.from({ length: 16 }, () => random.integer(0, 15).toString(16)).join('')}`;
}

/** The SSM agent of one web server. */
export const ssmAgent = (index: number, userAgent = SSM_AGENT): Caller =>
  assumedRole(
    {
      accountId: PROD,
      roleName: 'web-server',
      sessionName: instanceId(index),
      renewedEverySeconds: 21_600,
      sessionContext: { ec2RoleDelivery: '2.0' },
    },
    { sourceIPAddress: `198.51.100.${20 + index}`, userAgent },
  );

/** The agent version that restarts itself in a loop. */
export const LOOPING_SSM_AGENT =
  'aws-sdk-go-v2/1.32.6 (go1.23.8; linux; amd64) amazon-ssm-agent/3.3.1611.0';

const lambdaFunction = (scope: Scope, roleName: string, functionName: string): Caller => {
  const { recipientAccountId: accountId, awsRegion } = scope;
  const session: RoleSession = {
    accountId,
    roleName,
    sessionName: functionName,
    identity: {
      inScopeOf: {
        issuerType: 'AWS::Lambda::Function',
        credentialsIssuedTo: `arn:aws:lambda:${awsRegion}:${accountId}:function:${functionName}`,
      },
    },
  };
  const userAgent = `${BOTO3} md/pyimpl#CPython exec-env/AWS_Lambda_python3.12`;
  return assumedRole(session, { sourceIPAddress: VPC_EGRESS, userAgent });
};

export const LAMBDA = awsService('lambda');
export const CHECKOUT = lambdaFunction(PROD_US, 'checkout-role', 'checkout-events');
export const BACKUP_SCHEDULER = lambdaFunction(
  PROD_EU,
  'backup-scheduler-role',
  'backup-scheduler',
);

const monitoringOf = (accountId: string): Caller =>
  assumedRole(
    { accountId, roleName: 'MonitoringIntegration', sessionName: 'metrics-collector' },
    { sourceIPAddress: '192.0.2.60', userAgent: BOTO3 },
  );
export const MONITORING_PROD = monitoringOf(PROD);
export const MONITORING_DEV = monitoringOf(DEV);

export const POSTURE_SCANNER = assumedRole(
  { accountId: PROD, roleName: 'security-posture-scanner', sessionName: 'scheduled-scan' },
  { sourceIPAddress: VPC_EGRESS, userAgent: BOTO3 },
);

export const AUTO_SCALING = assumedRole(
  {
    accountId: PROD,
    roleName: 'AWSServiceRoleForAutoScaling',
    sessionName: 'AutoScaling',
    identity: { invokedBy: 'autoscaling.amazonaws.com' },
  },
  {
    sourceIPAddress: 'autoscaling.amazonaws.com',
    userAgent: 'autoscaling.amazonaws.com',
  },
);

export const DEPLOYER = assumedRole(
  { accountId: DEV, roleName: 'ci-deploy', sessionName: 'pipeline', renewedEverySeconds: 3600 },
  { sourceIPAddress: '192.0.2.81', userAgent: TERRAFORM },
);

/** A person signed in through IAM Identity Center. */
const person = (accountId: string, permissionSet: string, name: string): Caller =>
  assumedRole(
    {
      accountId,
      roleName: `AWSReservedSSO_${permissionSet}_6a1f0c2b9d3e4f57`,
      sessionName: `${name}@acme.example`,
      renewedEverySeconds: 28_800,
      mfaAuthenticated: true,
    },
    {
      sourceIPAddress: OFFICE,
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
    },
  );

export const ANALYSTS = ['ines', 'priya'].map((name) => person(PROD, 'Analyst', name));
export const OPERATORS = ['maria', 'jonas'].map((name) => person(PROD, 'Operations', name));
export const DEVELOPERS = ['li', 'amara', 'sven'].map((name) => person(DEV, 'Developer', name));

/** The owner of the access key that leaks, at work and — same key, another continent, another tool — abused. */
export const CI_USER = iamUser(PROD, 'ci-artifacts', {
  sourceIPAddress: '192.0.2.81',
  userAgent:
    'aws-cli/2.22.4 md/awscrt#0.23.4 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.6',
});
export const LEAKED_KEY = iamUser(PROD, 'ci-artifacts', {
  sourceIPAddress: '192.0.2.213',
  userAgent: 'python-requests/2.32.3 aws-key-hunter/0.4',
});
