/**
 * Strongly connected components with more than one member (Tarjan, iterative: no recursion to overflow), of the part of a
 * graph whose nodes have the given mark. Self-loops are no edges here. `members` is only valid during the call.
 */
export function components(
  edges: Int32Array,
  targets: Int32Array,
  nodes: Int32Array,
  mark: Int32Array,
  marked: number,
  found: (members: Int32Array) => void,
): void {
  /** Order of discovery + 1; later the smallest one reached, which is negative once the node is settled. */
  const low = new Int32Array(mark.length)
  const cursor = new Int32Array(nodes.length)
  const stack = new Int32Array(nodes.length)
  const calls = new Int32Array(nodes.length)
  const orders = new Int32Array(nodes.length)
  let counter = 0
  let stacked = 0
  for (let n = 0; n < nodes.length; n++) {
    if (low[nodes[n]!] !== 0) continue
    let depth = -1
    let node = nodes[n]!
    for (;;) {
      if (low[node] === 0) {
        depth++
        calls[depth] = node
        orders[depth] = low[node] = ++counter
        cursor[depth] = edges[node]!
        stack[stacked++] = node
      }
      const end = edges[node + 1]!
      let at = cursor[depth]!
      let least = low[node]!
      let next = -1
      for (; at < end; at++) {
        const target = targets[at]!
        const reached = low[target]!
        if (reached === 0) {
          if (mark[target] !== marked) continue
          next = target
          break
        }
        if (reached > 0 && reached < least) least = reached
      }
      low[node] = least
      cursor[depth] = at
      if (next >= 0) {
        node = next
        continue
      }
      if (least === orders[depth]) {
        let first = stacked
        do first--
        while (stack[first] !== node)
        for (let i = first; i < stacked; i++) low[stack[i]!] = -1
        if (stacked - first > 1) found(stack.subarray(first, stacked))
        stacked = first
      }
      if (--depth < 0) break
      node = calls[depth]!
    }
  }
}
