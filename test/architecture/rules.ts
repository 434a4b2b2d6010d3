import type { IRegularForbiddenRuleType } from 'dependency-cruiser';

const forbid = (
  name: string,
  comment: string,
  from: string,
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType => ({ name, comment, severity: 'error', from: { path: from }, to });

const onlyFrom = (folder: string, home: string, library: string): IRegularForbiddenRuleType => ({
  name: `${library}-has-one-home`,
  comment: `Only ${home} knows ${library}; ask it instead.`,
  severity: 'error',
  from: { path: '^src/', pathNot: folder },
  to: { path: `node_modules/${library}` },
});

/** A folder of core may import only from these beside itself. */
const CORE_FLOORS: Record<string, string[]> = {
  cloudtrail: [],
  container: [],
  activity: [],
  read: ['cloudtrail', 'container', 'activity'],
  insights: ['activity', 'cloudtrail'],
  detection: ['activity', 'cloudtrail', 'insights'],
  export: ['cloudtrail', 'activity', 'insights'],
};

const coreFloors = Object.entries(CORE_FLOORS).map(([folder, allowed]) =>
  forbid(
    `core-${folder}`,
    `src/core/${folder} imports only ${allowed.join(', ') || 'itself'} of core's folders.`,
    `^src/core/${folder}/`,
    {
      path: '^src/core/[^/]+/',
      pathNot: [folder, ...allowed].map((name) => `^src/core/${name}/`),
    },
  ),
);

/** The one direction of design: main → ui → worker → store → core. */
export const RULES: IRegularForbiddenRuleType[] = [
  forbid('core-is-pure', 'core imports only core.', '^src/core/', {
    path: '^src/(store|worker|ui|main)',
  }),
  forbid('store-sees-core', 'store imports only core.', '^src/store/', {
    path: '^src/(worker|ui|main)',
  }),
  forbid('worker-sees-store', 'worker imports only store and core.', '^src/worker/', {
    path: '^src/(ui|main)',
  }),
  forbid('ui-sees-client', 'Of worker, ui sees client.ts alone.', '^src/ui/', {
    path: '^src/worker/',
    pathNot: '^src/worker/client\\.ts$',
  }),
  forbid('ui-sees-no-store', 'Of store, ui sees nothing: ask the client.', '^src/ui/', {
    path: '^src/(store|main)',
  }),
  ...coreFloors,
  onlyFrom('^src/store/', 'src/store', 'idb'),
  onlyFrom('^src/worker/', 'src/worker', 'comlink'),
  onlyFrom('^src/ui/', 'src/ui', 'd3'),
  onlyFrom('^src/core/', 'src/core', 'fflate'),
  onlyFrom('^src/core/', 'src/core', 'valibot'),
  onlyFrom('^src/(ui|main)', 'src/ui', 'svelte'),
  {
    name: 'no-circles',
    comment:
      'Two files that need each other are one file, or three. What is loaded late may know who loads it.',
    severity: 'error',
    from: { path: '^src/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
  },
  {
    name: 'src-sees-no-tests',
    comment: 'What ships imports nothing of test.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^test/' },
  },
];
