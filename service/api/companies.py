"""Companies and concepts."""

from typing import Annotated

from msgspec import Meta, Struct

from service.api.facts import NextCursor
from service.core.companies import Company, CompanyDescription, Concept, ConceptDescription
from service.core.decoding import Reader
from service.core.requests import DescribeCompany, DescribeConcept
from service.operations import registry
from service.web import tables
from service.web.call import Call
from service.web.contract import (
    BRIEF_BODY,
    IF_NONE_MATCH,
    LISTED_THEN,
    READ_THEN,
    Answer,
    Link,
    Operation,
    next_page,
)
from service.web.parameters import CompanyPath, ConceptPath, Nothing, Paging, TimesQuery
from service.web.replies import WRITTEN, Reply, json_reply, paged, written

COMPANIES, CONCEPTS = "companies", "concepts"


class CompanyPage(Struct, frozen=True, kw_only=True):
    """A page of companies."""

    items: Annotated[list[Company], Meta(max_length=1000, description="The companies.")]
    next: NextCursor


class ConceptPage(Struct, frozen=True, kw_only=True):
    """A page of concepts."""

    items: Annotated[list[Concept], Meta(max_length=1000, description="The concepts.")]
    next: NextCursor


_companies = Reader[CompanyDescription](CompanyDescription)
_concepts = Reader[ConceptDescription](ConceptDescription)


async def list_companies(call: Call) -> Reply:
    """GET /v1/companies."""
    return await paged(call, "companies", registry.company_list, "", lambda company: company.slug)


async def get_company(call: Call) -> Reply:
    """GET /v1/companies/{ref}."""
    times = call.times(call.query(TimesQuery))
    found = await registry.company(call.database, call.parameters(CompanyPath).ref, times)
    return json_reply(found.found, position=found.position)


async def post_company(call: Call) -> Reply:
    """POST /v1/companies."""
    call.query(Nothing)
    description = await call.body(_companies)
    return await written(call, DescribeCompany(description), "/v1/companies")


async def list_concepts(call: Call) -> Reply:
    """GET /v1/concepts."""
    return await paged(call, "concepts", registry.concept_list, "", lambda concept: concept.id)


async def get_concept(call: Call) -> Reply:
    """GET /v1/concepts/{id}."""
    times = call.times(call.query(TimesQuery))
    found = await registry.concept(call.database, call.parameters(ConceptPath).id, times)
    return json_reply(found.found, position=found.position)


async def post_concept(call: Call) -> Reply:
    """POST /v1/concepts."""
    call.query(Nothing)
    description = await call.body(_concepts)
    return await written(call, DescribeConcept(description), "/v1/concepts")


_COMPANY_LINKS = {
    "GetCompany": Link(
        operation="getCompany", parameters={"ref": "$response.body#/slug"}, description="Read it."
    ),
    "DescribeCompany": Link(
        operation="postCompany",
        parameters={},
        body={"slug": "$response.body#/slug", "name": "$response.body#/name", "aliases": ["A new name"]},
        description="Change its description.",
    ),
    "ListCompanyFacts": Link(
        operation="listCompanyFacts", parameters={"ref": "$response.body#/slug"}, description="See its facts."
    ),
}
_CONCEPT_LINKS = {
    "GetConcept": Link(
        operation="getConcept", parameters={"id": "$response.body#/id"}, description="Read it."
    ),
}

OPERATIONS = (
    *tables.tabular(Operation(
        method="GET", path="/v1/companies", id="listCompanies", tag=COMPANIES, handler=list_companies, query=Paging,
        summary="List companies", description="Companies by slug; with `q`, those whose slug, name, alias or identifier has it.",
        answers={200: Answer(
            description="A page of companies.", type=CompanyPage, headers=LISTED_THEN,
            links={
                "GetCompany": Link(
                    operation="getCompany", parameters={"ref": "$response.body#/items/0/slug"}, description="Read the first."
                ),
                "NextPage": next_page("listCompanies", Paging),
            },
        )},
        problems=(422,), headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.COMPANIES),
    Operation(
        method="POST", path="/v1/companies", id="postCompany", tag=COMPANIES, handler=post_company, scope="write",
        summary="Describe a company",
        description="Records a company, or a change of one; what is posted replaces its description. The slug never changes.",
        body=CompanyDescription,
        body_example={
            "slug": "alibaba-cloud", "name": "Alibaba Cloud", "aliases": ["Aliyun"], "country": "CN", "parent": "alibaba",
        },
        problems=(409, 422),
        answers={
            201: Answer(description="The company recorded.", type=Company, headers=WRITTEN, links=_COMPANY_LINKS),
            200: Answer(
                description="The company, which was so described already.", type=Company, headers=WRITTEN, links=_COMPANY_LINKS,
            ),
        },
    ),
    Operation(
        method="GET", path="/v1/companies/{ref}", id="getCompany", tag=COMPANIES, handler=get_company, parameters=CompanyPath,
        query=TimesQuery,
        summary="Get a company",
        description="A company by its slug, or by an identifier as `scheme:value`. With times, as it was described then; "
        "by a day, only what has a day.",
        answers={200: Answer(description="The company.", type=Company, headers=READ_THEN, links=_COMPANY_LINKS)},
        problems=(404, 422), headers={"If-None-Match": IF_NONE_MATCH},
    ),
    *tables.tabular(Operation(
        method="GET", path="/v1/concepts", id="listConcepts", tag=CONCEPTS, handler=list_concepts, query=Paging,
        summary="List concepts", description="Concepts by id; with `q`, those whose id or label has it.",
        answers={200: Answer(
            description="A page of concepts.", type=ConceptPage, headers=LISTED_THEN,
            links={
                "GetConcept": Link(
                    operation="getConcept", parameters={"id": "$response.body#/items/0/id"}, description="Read the first."
                ),
                "NextPage": next_page("listConcepts", Paging),
            },
        )},
        problems=(422,), headers={"If-None-Match": IF_NONE_MATCH},
    ), tables.CONCEPTS),
    Operation(
        method="POST", path="/v1/concepts", id="postConcept", tag=CONCEPTS, handler=post_concept, scope="write",
        summary="Describe a concept", description="Records what a metric measures, or a change of that.",
        body=ConceptDescription, body_limit=BRIEF_BODY,
        body_example={"id": "cloud-revenue-growth", "label": "Cloud revenue growth"},
        problems=(422,),
        answers={
            201: Answer(description="The concept recorded.", type=Concept, headers=WRITTEN, links=_CONCEPT_LINKS),
            200: Answer(
                description="The concept, which was so described already.", type=Concept, headers=WRITTEN, links=_CONCEPT_LINKS,
            ),
        },
    ),
    Operation(
        method="GET", path="/v1/concepts/{id}", id="getConcept", tag=CONCEPTS, handler=get_concept, parameters=ConceptPath,
        query=TimesQuery,
        summary="Get a concept", description="What a metric measures.",
        answers={200: Answer(description="The concept.", type=Concept, headers=READ_THEN, links=_CONCEPT_LINKS)},
        problems=(404, 422), headers={"If-None-Match": IF_NONE_MATCH},
    ),
)  # fmt: skip
