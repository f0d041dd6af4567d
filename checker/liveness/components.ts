/**
 * Strongly connected components with more than one member (Tarjan, iterative: no recursion to overflow), of the part of a
 * graph whose nodes have the given mark. Self-loops are no edges here.
 */
export function components(
  edges: Int32Array,
  targets: Int32Array,
  nodes: ArrayLike<number>,
  mark: Int32Array,
  marked: number,
): Int32Array[] {
  const found: Int32Array[] = []
  const order = new Int32Array(mark.length)
  const low = new Int32Array(mark.length)
  const cursor = new Int32Array(mark.length)
  const stack = new Int32Array(nodes.length)
  const calls = new Int32Array(nodes.length)
  const onStack = new Uint8Array(mark.length)
  let counter = 0
  let stacked = 0
  for (let n = 0; n < nodes.length; n++) {
    if (order[nodes[n]!] !== 0) continue
    let depth = 0
    calls[0] = nodes[n]!
    while (depth >= 0) {
      const node = calls[depth]!
      if (order[node] === 0) {
        order[node] = low[node] = ++counter
        cursor[node] = edges[node]!
        stack[stacked++] = node
        onStack[node] = 1
      }
      let next = -1
      const end = edges[node + 1]!
      while (cursor[node]! < end) {
        const target = targets[cursor[node]!]!
        if (mark[target] !== marked) cursor[node]!++
        else if (order[target] === 0) {
          next = target
          break
        } else {
          if (onStack[target] === 1) low[node] = Math.min(low[node]!, low[target]!)
          cursor[node]!++
        }
      }
      if (next >= 0) {
        calls[++depth] = next
        continue
      }
      if (low[node] === order[node]) {
        let first = stacked
        do first--
        while (stack[first] !== node)
        for (let i = first; i < stacked; i++) onStack[stack[i]!] = 0
        if (stacked - first > 1) found.push(stack.slice(first, stacked))
        stacked = first
      }
      depth--
    }
  }
  return found
}
