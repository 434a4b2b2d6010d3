/** 312 APIs of 30 services, weighted as in real accounts: some two dozen reads and heartbeats make most of the calls. */

export interface Api {
  /** `ec2`, without `.amazonaws.com`. */
  readonly service: string;
  readonly eventName: string;
  readonly readOnly: boolean;
  readonly data: boolean;
  /** Share of all calls; the shares of all APIs sum to 1. */
  readonly share: number;
}

export const API_COUNT = 312;
const RARE_SHARE = 0.16;

/** Per cent of all calls. */
const HOT: readonly [service: string, eventName: string, perCent: number][] = [
  ['kms', 'Decrypt', 13],
  ['sts', 'AssumeRole', 13],
  ['ec2', 'DescribeInstances', 7],
  ['ec2', 'DescribeNetworkInterfaces', 4],
  ['s3', 'GetBucketAcl', 4],
  ['ssm', 'UpdateInstanceInformation', 4.5],
  ['logs', 'CreateLogStream', 3.5],
  ['ec2', 'DescribeSecurityGroups', 3],
  ['ec2', 'DescribeTags', 3],
  ['ec2', 'DescribeVolumes', 3],
  ['elasticloadbalancing', 'DescribeTargetHealth', 3],
  ['kms', 'GenerateDataKey', 3],
  ['logs', 'DescribeLogStreams', 3],
  ['monitoring', 'DescribeAlarms', 3],
  ['sts', 'GetCallerIdentity', 3],
  ['autoscaling', 'DescribeAutoScalingGroups', 2],
  ['cloudformation', 'DescribeStacks', 2],
  ['rds', 'DescribeDBInstances', 2],
  ['secretsmanager', 'GetSecretValue', 2],
  ['ssm', 'GetParameters', 2],
  ['iam', 'GetRole', 1],
];

const DATA: readonly [service: string, eventName: string, perCent: number][] = [
  ['s3', 'GetObject', 2],
  ['s3', 'PutObject', 1],
];

/** What the rarely called APIs are about. */
const RESOURCES: { readonly [service: string]: readonly string[] } = {
  acm: ['Certificate'],
  apigateway: ['RestApi', 'Stage'],
  athena: ['WorkGroup', 'NamedQuery'],
  autoscaling: ['LaunchConfiguration', 'ScalingPolicy'],
  backup: ['BackupPlan', 'BackupVault'],
  cloudformation: ['ChangeSet', 'StackSet'],
  cloudfront: ['Distribution', 'CachePolicy'],
  cloudtrail: ['Trail', 'EventDataStore'],
  codebuild: ['Project'],
  cognitoidp: ['UserPool'],
  config: ['ConfigRule', 'ConformancePack'],
  dynamodb: ['Table', 'GlobalTable'],
  ec2: ['Subnet', 'Vpc', 'RouteTable', 'KeyPair', 'LaunchTemplate', 'Snapshot'],
  ecr: ['Repository', 'LifecyclePolicy'],
  ecs: ['Cluster', 'TaskSet'],
  eks: ['Nodegroup', 'Addon'],
  elasticloadbalancing: ['Listener', 'TargetGroup'],
  events: ['Rule', 'Archive'],
  glue: ['Crawler', 'Job'],
  guardduty: ['Detector', 'Filter'],
  iam: ['Policy', 'User', 'Group'],
  kms: ['Key', 'Grant'],
  lambda: ['Function', 'EventSourceMapping'],
  logs: ['LogGroup', 'MetricFilter'],
  monitoring: ['Dashboard'],
  rds: ['DBCluster', 'DBSubnetGroup'],
  s3: ['Bucket', 'AccessPoint'],
  secretsmanager: ['Secret'],
  ssm: ['Document', 'MaintenanceWindow'],
  sts: ['FederationToken'],
};

/** 85 % of the calls are reads; of the rarely called APIs two in three are writes, as in the services' own API lists. */
const VERBS = ['Describe', 'Create', 'Update', 'List', 'Delete', 'Tag'];

function buildApis(): Api[] {
  const rare = rareApis().slice(0, API_COUNT - HOT.length - DATA.length);
  const zipf = rare.map((_, rank) => 1 / (rank + 3));
  const zipfSum = zipf.reduce((sum, weight) => sum + weight, 0);
  const hotSum = HOT.reduce((sum, [, , perCent]) => sum + perCent, 0);
  const dataSum = DATA.reduce((sum, [, , perCent]) => sum + perCent, 0) / 100;
  const apiOf = (service: string, eventName: string, share: number, data = false): Api => ({
    service,
    eventName,
    readOnly: /^(Get|List|Describe|Decrypt|Assume|GenerateDataKey)/.test(eventName),
    data,
    share,
  });
  const hotShare = 1 - RARE_SHARE - dataSum;
  return [
    ...HOT.map(([service, name, weight]) => apiOf(service, name, (hotShare * weight) / hotSum)),
    ...DATA.map(([service, name, perCent]) => apiOf(service, name, perCent / 100, true)),
    ...rare.map(([service, name], i) => apiOf(service, name, (RARE_SHARE * zipf[i]) / zipfSum)),
  ];
}

/** By verb first, so that every service has some of the more frequent ones. */
const rareApis = (): [service: string, eventName: string][] =>
  VERBS.flatMap((verb) =>
    Object.entries(RESOURCES).flatMap(([service, resources]) =>
      resources.map((resource): [string, string] => [
        service,
        verb + resource + (verb === 'List' ? 's' : ''),
      ]),
    ),
  );

export const APIS: readonly Api[] = buildApis();
