// The query console: GraphiQL over the public endpoint, with everything it needs from this server.
import { GraphiQL } from 'graphiql';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import './console.css';

const EXAMPLE = `# Who uses the data of a publisher? The documentation is behind the book on the left.
query {
  publishers(first: 3) {
    totalCount
    edges { userCount node { name slug } }
  }
}
`;

interface Params {
  query: string;
  variables?: unknown;
  operationName?: string | null;
}

async function fetcher(params: Params): Promise<unknown> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json;q=0.9' },
    body: JSON.stringify(params),
  });
  return response.json();
}

const root = document.getElementById('graphiql');
if (root) createRoot(root).render(createElement(GraphiQL, { fetcher: fetcher as never, initialQuery: EXAMPLE }));
