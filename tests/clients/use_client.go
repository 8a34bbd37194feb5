// The generated Go client at work. Arguments: base URL, key, base URL of a service with a low limit.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	companyfacts "openapi"
)

func at(base string) *companyfacts.APIClient {
	configuration := companyfacts.NewConfiguration()
	configuration.Servers = companyfacts.ServerConfigurations{{URL: base}}
	return companyfacts.NewAPIClient(configuration)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	ctx, client := context.Background(), at(os.Args[1])
	company, _, err := client.CompaniesAPI.GetCompany(ctx, "ticker:BABA").Execute()
	must(err)
	fmt.Println("company", company.Slug)

	fact, _, err := client.FactsAPI.LookUpFact(ctx).Company("alibaba-cloud").Kind("market_share").
		Subject("ai-cloud").KnownAt("2025-12-31").Execute()
	must(err)
	share := fact.MarketShare // nil for every other kind
	fmt.Println("share", *share.Value.Share.Value.Get(), share.Value.Share.Unit, share.Evidence)

	seen := 0
	for cursor := ""; ; {
		request := client.FactsAPI.ListCompanyFacts(ctx, "many-facts").Limit(100)
		if cursor != "" {
			request = request.Cursor(cursor)
		}
		page, _, err := request.Execute()
		must(err)
		seen += len(page.Items)
		if page.Next.Get() == nil {
			break
		}
		cursor = *page.Next.Get()
	}
	fmt.Println("facts", seen)

	cite := companyfacts.NewCite(share.Citations[len(share.Citations)-1].Source.Id)
	subject := "client-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	value := companyfacts.NewStatementValue("said through a generated client")
	statement := companyfacts.NewAssertStatement("statement", *value, "alibaba-cloud", subject, []companyfacts.Cite{*cite})
	statement.SetKnownAt("2025-12-31")
	authorised := context.WithValue(ctx, companyfacts.ContextAccessToken, os.Args[2])
	written, response, err := client.FactsAPI.AssertFact(authorised).
		Assertion(companyfacts.AssertStatementAsAssertion(statement)).Execute()
	if err != nil {
		panic(fmt.Sprint(err, response))
	}
	fmt.Println("asserted", written.Statement.Version, written.Statement.Status)

	_, _, err = client.FactsAPI.LookUpFact(ctx).Company("alibaba").Kind("market_share").Subject("ai-cloud").Execute()
	var problem companyfacts.Problem
	must(json.Unmarshal(err.(*companyfacts.GenericOpenAPIError).Body(), &problem))
	fmt.Println("problem", problem.Status, problem.Type)

	few := at(os.Args[3])
	for asked := 0; asked < 50; asked++ {
		_, response, _ := few.CompaniesAPI.GetCompany(ctx, "alibaba").Execute()
		if response.StatusCode == 429 {
			seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
			must(err)
			time.Sleep(time.Duration(seconds) * time.Second)
			_, again, _ := few.CompaniesAPI.GetCompany(ctx, "alibaba").Execute()
			fmt.Println("retried", again.StatusCode)
			return
		}
	}
	panic("no limit was met")
}
