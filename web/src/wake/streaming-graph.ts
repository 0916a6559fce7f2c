/** openWakeWord's embedding graph as one that keeps its past: an eighth of the work a step. */
/*
 * The graph (Google's speech_embedding) sees 76 frames and moves on by 8, so that it computes
 * nearly everything ten times. All its convolutions in time are 3 wide and without padding, and
 * its pools halve time, so that fed with multiples of 8 frames each needs only the last 2 columns
 * of its input from before. These become inputs and outputs of the graph; the embedding of the
 * window of 76 frames that ends with the last frame stays the same number for number.
 */
import {
  type Field,
  integers,
  messages,
  readMessage,
  text,
  textOf,
  texts,
  writeMessage,
} from './protobuf.ts';

/** Numbers of the fields we touch: onnx.proto of ONNX (IR version 3 and later). */
const model = { graph: 7 };
const graph = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 };
const node = { input: 1, output: 2, name: 3, kind: 4, attribute: 5 };
const attribute = { name: 1, integer: 3, integers: 8, type: 20 };
const tensor = { dimensions: 1, type: 2, integers: 7, name: 8 };
const integerType = 2n;
const int64Type = 7n;
const floatType = 1n;
const timeAxis = 2;
const columnsKept = 2;
const toTheEnd = 2n ** 62n;

/** A tensor that goes from one step to the next; all zero before the first. */
export interface State {
  input: string;
  output: string;
  dimensions: number[];
}

export interface StreamingGraph {
  bytes: Uint8Array;
  input: string;
  output: string;
  states: State[];
}

const replaced: readonly number[] = [graph.node, graph.input, graph.output, graph.valueInfo];

const field = (number: number, value: Uint8Array | bigint): Field => ({ number, value });

const nodeOf = (kind: string, about: { inputs: string[]; output: string; axis?: bigint }) =>
  writeMessage([
    ...about.inputs.map((name) => field(node.input, text(name))),
    field(node.output, text(about.output)),
    field(node.name, text(`${kind} ${about.output}`)),
    field(node.kind, text(kind)),
    ...(about.axis === undefined
      ? []
      : [
          field(
            node.attribute,
            writeMessage([
              field(attribute.name, text('axis')),
              field(attribute.integer, about.axis),
              field(attribute.type, integerType),
            ]),
          ),
        ]),
  ]);

const constant = (name: string, value: bigint): Uint8Array =>
  writeMessage([
    field(tensor.dimensions, 1n),
    field(tensor.type, int64Type),
    field(tensor.integers, value),
    field(tensor.name, text(name)),
  ]);

/** ValueInfoProto of a float tensor; a name instead of a number is a dimension of any size. */
const valueInfo = (name: string, dimensions: (number | string)[]): Uint8Array => {
  const shape = dimensions.map((size) =>
    field(
      1,
      writeMessage([typeof size === 'number' ? field(1, BigInt(size)) : field(2, text(size))]),
    ),
  );
  const type = writeMessage([field(1, floatType), field(2, writeMessage(shape))]);
  return writeMessage([field(1, text(name)), field(2, writeMessage([field(1, type)]))]);
};

const kernelOf = (fields: Field[]): number[] => {
  const kernel = messages(fields, node.attribute).find(
    (one) => textOf(one.find(({ number }) => number === attribute.name)) === 'kernel_shape',
  );
  return kernel ? integers(kernel, attribute.integers) : [];
};

const renamed = (fields: Field[], from: string, to: string): Uint8Array =>
  writeMessage(
    fields.map((one) =>
      one.number === node.input && textOf(one) === from ? field(node.input, text(to)) : one,
    ),
  );

/** The nodes again, with the past joined on before every convolution that is wide in time. */
const withPast = (nodes: Field[][], shapes: Map<string, number[]>, firstBins: number) => {
  const made: Uint8Array[] = [];
  const states: State[] = [];
  let bins = firstBins;
  for (const fields of nodes) {
    const kind = textOf(fields.find(({ number }) => number === node.kind));
    const [wideInTime = 1, wideInBins = 1] = kernelOf(fields);
    if (kind !== 'Conv' || wideInTime !== columnsKept + 1) {
      if (kind === 'MaxPool') bins /= wideInBins;
      made.push(writeMessage(fields));
      continue;
    }
    const [from = '', weights = ''] = texts(fields, node.input);
    const channels = shapes.get(weights)?.[1];
    if (channels === undefined) throw new Error('A convolution of the graph has no weights.');
    const count = states.length;
    const [joined, input, output] = [`joined ${count}`, `past ${count}`, `next ${count}`];
    const cut = [joined, 'last columns', 'to the end', 'time axis'];
    made.push(
      nodeOf('Concat', { inputs: [input, from], output: joined, axis: BigInt(timeAxis) }),
      nodeOf('Slice', { inputs: cut, output }),
      renamed(fields, from, joined),
    );
    states.push({ input, output, dimensions: [1, channels, columnsKept, bins] });
  }
  return { made, states };
};

/** `bytes` is embedding_model.onnx; `bins` the mel bands of a frame. Throws for another graph. */
export const streamingGraph = (bytes: Uint8Array, bins: number): StreamingGraph => {
  const fields = readMessage(bytes);
  const inner = fields.find(({ number }) => number === model.graph)?.value;
  if (!(inner instanceof Uint8Array)) throw new Error('The embedding model has no graph.');
  const parts = readMessage(inner);
  const nodes = messages(parts, graph.node);
  const kinds = nodes.map((one) => textOf(one.find(({ number }) => number === node.kind)));
  if (kinds[0] !== 'Reshape' || kinds.at(-1) !== 'Reshape') {
    throw new Error('The embedding model is another one than the page was made for.');
  }
  const input = texts(nodes[0] as Field[], node.output)[0] as string;
  const output = texts(nodes.at(-1) as Field[], node.input)[0] as string;
  const shapes = new Map(
    messages(parts, graph.initializer).map((one) => [
      texts(one, tensor.name)[0] as string,
      integers(one, tensor.dimensions),
    ]),
  );
  const { made, states } = withPast(nodes.slice(1, -1), shapes, bins);
  const inputs = new Set(nodes.slice(1, -1).flatMap((one) => texts(one, node.input)));
  const isKept = ({ number, value }: Field): boolean => {
    if (number !== graph.initializer) return !replaced.includes(number);
    return (
      value instanceof Uint8Array && inputs.has(texts(readMessage(value), tensor.name)[0] as string)
    );
  };
  const written = writeMessage([
    ...made.map((one) => field(graph.node, one)),
    ...parts.filter(isKept),
    field(graph.initializer, constant('last columns', BigInt(-columnsKept))),
    field(graph.initializer, constant('to the end', toTheEnd)),
    field(graph.initializer, constant('time axis', BigInt(timeAxis))),
    field(graph.input, valueInfo(input, [1, 1, 'frames', bins])),
    ...states.map((one) => field(graph.input, valueInfo(one.input, one.dimensions))),
    field(graph.output, valueInfo(output, [1, 'channels', 'steps', 1])),
    ...states.map((one) => field(graph.output, valueInfo(one.output, one.dimensions))),
  ]);
  const whole = fields.map((one) =>
    one.number === model.graph ? field(model.graph, written) : one,
  );
  return { bytes: writeMessage(whole), input, output, states };
};
