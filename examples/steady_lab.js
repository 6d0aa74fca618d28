// A bot for any lab: runs that take two and a half quarters, and people while there is cash. Node, nothing to install.
'use strict';
const QUARTER = 0.3; // of a year's training compute comes in the next quarter, as compute grows

/** A setting within its bounds and on one of its steps. */
function step(setting, to) {
  const kept = Math.min(Math.max(to, setting.low), setting.high);
  return Number((setting.low + Math.round((kept - setting.low) / setting.step) * setting.step).toPrecision(6));
}

/** An order that sets a dial, or null where it stands so already. */
function set(dial, amount, to) {
  const value = step(dial.amounts[amount], to);
  return value === dial.amounts[amount].set ? null : { order: dial.order, picks: dial.picks, amounts: { [amount]: value } };
}

/** Size the next run to the compute in hand, hire while rich, and train more while others are ahead. */
function orders(seen) {
  const me = seen.seat.name;
  const own = (name) => seen.quantities[name].values[me];
  const dial = (order) => seen.dials.find((one) => one.order === order);
  const best = Math.max(...Object.values(seen.quantities.score.values));
  const cash = own('money') / own('income'); // quarters of income in hand
  const people = dial('research_efficiency').amounts.spend.set;
  const training = dial('split_work').amounts.train.set;
  const size = 24 + Math.log10(Math.max(own('trained') * QUARTER * 2.5, 1)); // trained: 1e24 FLOP a year
  return [
    Math.abs(size - dial('size_run').amounts.size.set) < 0.15 ? null : set(dial('size_run'), 'size', size),
    set(dial('research_efficiency'), 'spend', people + (cash > 2 ? 100 : cash < 0.5 ? -100 : 0)),
    set(dial('split_work'), 'train', Math.min(training + (own('score') < best - 3 ? 0.05 : 0), 0.45)),
  ].filter(Boolean).slice(0, seen.purse.moves);
}

let asked = [];
require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  let answer;
  if (message.type === 'hello') answer = { type: 'ready', protocol: 1, name: 'steady lab' };
  if (message.type === 'view') answer = { type: 'orders', orders: (asked = orders(message.seen)) };
  if (message.type === 'refusal') {
    const wrong = new Set(message.refused.map((one) => one.number));
    answer = { type: 'orders', orders: asked.filter((_, number) => !wrong.has(number)) };
  }
  if (answer) console.log(JSON.stringify({ ...answer, ask: message.ask }));
});
