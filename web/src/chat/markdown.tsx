/** Markdown of an answer: tables, code, links and pictures, none of which may do any harm. */
import { type ComponentProps, memo, type ReactNode, useEffect, useState } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { chatWords as words } from '../words/chat.ts';
import { CodeBox } from './code-box.tsx';
import { namesHost, ownPicture, piecesOf, safeLink } from './harmless.ts';
import { OwnPicture } from './own-picture.tsx';
import '../style/chat.css';

type Plugins = NonNullable<Options['rehypePlugins']>;

const noPlugins: Plugins = [];
/** Colours for longer code would cost more than they help. */
const colouredMax = 20_000;

export default function Markdown({ text }: { text: string }) {
  const colours = useColours(text.length <= colouredMax && /^ {0,3}(?:```|~~~)\w/m.test(text));
  return (
    <div className="markdown">
      {piecesOf(text).map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces only grow at the end.
        <Piece key={at} text={piece} colours={colours} />
      ))}
    </div>
  );
}

const Piece = memo(function Piece({ text, colours }: { text: string; colours: Plugins }) {
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={colours}
      remarkRehypeOptions={{ footnoteLabel: words.footnotes }}
      // Each kind of address is judged where it is drawn.
      urlTransform={(url) => url}
      components={components}
    >
      {text}
    </ReactMarkdown>
  );
});

/** Languages for colouring are half of this page's weight: only code fetches them. */
function useColours(wanted: boolean): Plugins {
  const [plugins, setPlugins] = useState(noPlugins);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    // Without them code is shown in one colour.
    import('./colours.ts').then(
      ({ colours }) => gone || setPlugins(colours),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [wanted]);
  return plugins;
}

const components: Components = {
  a: ({ href, children }) => <Followed href={href}>{children}</Followed>,
  img: ({ src, alt }) => <Picture source={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
  pre: ({ children }) => <CodeBox>{children}</CodeBox>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the keyboard too.
    <figure className="markdown-table" aria-label={words.table} tabIndex={0}>
      <table>{children}</table>
    </figure>
  ),
  // The page has headings of its own: those of an answer are only large words.
  ...{ h1: Heading, h2: Heading, h3: Heading, h4: Heading, h5: Heading, h6: Heading },
  input: ({ checked }: ComponentProps<'input'>) => (
    <span role="img" aria-label={checked ? words.ticked : words.notTicked}>
      {checked ? '☑' : '☐'}
    </span>
  ),
};

function Heading({ children }: { children?: ReactNode }) {
  return (
    <p>
      <strong>{children}</strong>
    </p>
  );
}

function Followed({ href, children }: { href: string | undefined; children: ReactNode }) {
  const link = safeLink(href, window.location.origin);
  if (!link) return <span>{children}</span>;
  return (
    <a
      href={link.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={link.href}
      data-testid="answer-link"
    >
      {children}
      {!namesHost(textIn(children), link) && <span className="link-host"> ({link.host})</span>}
      <span className="sr-only"> {words.newTab}</span>
    </a>
  );
}

/** The words that are drawn; what is no text names no host. */
function textIn(node: ReactNode): string {
  if (typeof node === 'string') return node;
  return Array.isArray(node) ? node.map(textIn).join('') : '';
}

/** A picture from elsewhere would tell its owner who reads this: it becomes a link. */
function Picture({ source, alt }: { source: string; alt: string }) {
  const path = ownPicture(source, window.location.origin);
  if (path !== undefined) return <OwnPicture path={path} alt={alt} />;
  return <Followed href={source}>{words.picture(alt)}</Followed>;
}
