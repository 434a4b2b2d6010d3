import fc from 'fast-check';
import { expect, it } from 'vitest';
import { userIdentityLabel } from '../../../src/core/cloudtrail/userIdentity';
import { sessionStart } from '../../../src/core/read/sessionStart';

it('an ARN is cut in its bytes where its label is cut as text', () => {
  const part = fc.constantFrom(':assumed-role/', ':assumed-role', 'Admin', '/', ':', 'alice', 'a');
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
      const arn = parts.join('');
      const bytes = new TextEncoder().encode(`/${arn}/assumed-role/x`);
      const end = sessionStart(bytes, 1, 1 + arn.length);
      expect(arn.slice(0, end - 1)).toBe(userIdentityLabel({ arn }));
    }),
  );
});
