// Of React and React Native as much as the example uses: enough to check it without installing them.
// An application has the real ones.

declare module "react" {
  export type Node = JSX.Element | string | number | boolean | null | undefined | Iterable<Node>;
  export function useState<State>(initial: State): [State, (next: State) => void];
  export function useEffect(effect: () => void | (() => void), inputs: readonly unknown[]): void;
  export function useSyncExternalStore<Snapshot>(
    subscribe: (onChange: () => void) => () => void,
    getSnapshot: () => Snapshot,
  ): Snapshot;
  export namespace JSX {
    interface Element {
      readonly type: unknown;
    }
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicAttributes {
      key?: string | number;
    }
    type IntrinsicElements = Record<never, never>;
  }
}

declare module "react/jsx-runtime" {
  export { JSX } from "react";
  export function jsx(...parts: unknown[]): import("react").JSX.Element;
  export function jsxs(...parts: unknown[]): import("react").JSX.Element;
}

declare module "react-native" {
  import type { JSX, Node } from "react";
  export function Text(properties: { children?: Node }): JSX.Element;
  export function View(properties: { children?: Node }): JSX.Element;
  export function Button(properties: { title: string; onPress: () => void }): JSX.Element;
  export function FlatList<Item>(properties: {
    data: ArrayLike<Item>;
    keyExtractor: (item: Item) => string;
    renderItem: (row: { item: Item }) => JSX.Element;
  }): JSX.Element;
  export const AppState: {
    addEventListener(
      type: "change",
      listener: (state: "active" | "background" | "inactive" | "extension" | "unknown") => void,
    ): { remove(): void };
  };
}

declare module "@react-native-async-storage/async-storage" {
  const AsyncStorage: {
    getItem(key: string): Promise<string | null>;
    setItem(key: string, value: string): Promise<void>;
    removeItem(key: string): Promise<void>;
  };
  export default AsyncStorage;
}

declare module "react-native-get-random-values" {}

declare module "react-native-url-polyfill/auto" {}
