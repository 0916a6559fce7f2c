/** The box that searches while one types. */
import { useId } from 'react';

interface SearchBoxProps {
  label: string;
  typed: string;
  type(text: string): void;
}

export function SearchBox({ label, typed, type }: SearchBoxProps) {
  const id = useId();
  return (
    <search className="about-search">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        maxLength={400}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
    </search>
  );
}
