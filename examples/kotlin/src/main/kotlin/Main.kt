import com.apollographql.apollo.ApolloClient
import com.apollographql.apollo.api.Optional
import example.gateway.PeopleQuery
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runBlocking

private fun setting(name: String): String = checkNotNull(System.getenv(name)) { "$name is not set" }

/** Everybody who may be read for rendering a service, whatever the number of pages. */
private fun people(client: ApolloClient, first: Int): Flow<PeopleQuery.Node> = flow {
  var after: String? = null
  do {
    val answer = client.query(PeopleQuery(first, Optional.presentIfNotNull(after))).execute()
    // What to branch on is the code, not the text.
    val code = answer.errors?.firstOrNull()?.extensions?.get("code")
    val page = checkNotNull(answer.data?.dataSubjects) { "refused: $code" }
    page.edges.forEach { emit(it.node) }
    after = page.pageInfo.endCursor?.takeIf { page.pageInfo.hasNextPage }
  } while (after != null)
}

/** Reads people with a token out of the environment. Without a normalized cache nothing about them is kept. */
public fun main(): Unit = runBlocking {
  ApolloClient.Builder()
    .serverUrl(setting("GATEWAY_URL"))
    .addHttpHeader("Authorization", "Bearer ${setting("TOKEN")}")
    .build()
    .use { client -> people(client, 5).collect { println("${it.id} ${it.status}") } }
}
