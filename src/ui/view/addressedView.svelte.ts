import type { Address, Place } from './address';
import { formatFragment, parseFragment, type View } from './viewFragment';

const placeOf = (view: View): Place => ({ fragment: formatFragment(view), text: view.text });

/** What the page shows, as it stands in the address. */
export class AddressedView {
  readonly #address: Address;
  #now = $state.raw<View>(parseFragment(''));

  constructor(address: Address) {
    this.#address = address;
    this.follow();
  }

  get now(): View {
    return this.#now;
  }

  /** Shows something else; `push` makes a step to go back to. */
  show(change: Partial<View>, history: 'push' | 'replace'): void {
    const before = placeOf(this.#now);
    this.#now = { ...this.#now, ...change };
    const place = placeOf(this.#now);
    if (place.fragment !== before.fragment || place.text !== before.text)
      this.#address.write(place, history);
  }

  /** Shows what the address says now. */
  follow(): void {
    const { fragment, text } = this.#address.read();
    this.#now = parseFragment(fragment, text);
  }
}
